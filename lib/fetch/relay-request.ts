import "server-only";
import type { Readable } from "node:stream";
import { request } from "undici";
import type { RelayRequest } from "@/lib/schemas/chat-tools";
import { isOwnHeader } from "@/lib/schemas/tool-settings";
import { FetchFailure } from "./fetch-public";
import { ForbiddenAddress, guardedAgent } from "./guarded-agent";

const RETURNED = ["content-type", "mcp-session-id", "retry-after", "www-authenticate"] as const;

/**
 * Makes one request to an address that a person gave, to public hosts only, with no credentials but those that came with
 * it, and follows no redirect. Nothing of it is logged or kept.
 *
 * @throws FetchFailure
 */
export async function relayRequest(asked: RelayRequest, signal: AbortSignal): Promise<Response> {
  const url = URL.canParse(asked.url) ? new URL(asked.url) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new FetchFailure("forbidden", "is not an http(s) address");
  }
  const headers = Object.entries(asked.headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    // What the person gave, and the protocol's own; nothing that says who or where we are.
    .filter(([name]) => isOwnHeader(name) || name === "content-type");
  try {
    const answer = await request(url, {
      dispatcher: guardedAgent(),
      method: asked.method,
      headers: { "user-agent": "Signalbox", "accept-encoding": "identity", ...Object.fromEntries(headers) },
      body: asked.body,
      signal,
    });
    const returned = new Headers({ "cache-control": "no-store" });
    for (const name of RETURNED) {
      const value = answer.headers[name];
      if (typeof value === "string") returned.set(name, value);
    }
    // What is no success of the other side must not look like one of ours: its status is told beside it.
    returned.set("x-relayed-status", String(answer.statusCode));
    const hasBody = ![204, 205, 304].includes(answer.statusCode);
    if (!hasBody) answer.body.on("error", () => undefined).destroy();
    return new Response(hasBody ? webStreamOf(answer.body) : null, { status: 200, headers: returned });
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw new FetchFailure("forbidden", "does not lead to a public host");
    throw new FetchFailure("unreachable", "cannot be reached");
  }
}

function webStreamOf(body: Readable): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      // A host that breaks off in the middle is its own affair: what came of it ends here, and is no failure of ours.
      const { value, done } = await pieces.next().catch(() => ({ value: undefined, done: true }));
      if (done === true) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => void body.destroy(),
  });
}
