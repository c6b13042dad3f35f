import { z } from "zod";

/** The server knows our session no more. */
export class SessionGone extends Error {
  constructor() {
    super("The tool server has forgotten the session.");
    this.name = "SessionGone";
  }
}

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * A `fetch` for tool servers. Other sites answer no page of ours, so our server makes the request; see
 * `lib/fetch/relay-request.ts`. Answers that say why nothing will come of it are thrown, in words for the person.
 */
export function throughRelay(hasKey: boolean): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    const method = init?.method ?? "GET";
    const answer = await fetch("/api/internal/chat/relay", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        url: String(url),
        method,
        headers: Object.fromEntries(headers),
        body: typeof init?.body === "string" ? init.body : null,
      }),
      signal: init?.signal ?? null,
    });
    const relayedStatus = answer.headers.get("x-relayed-status");
    // Without it the answer is ours: the request was not made, or nothing came of it.
    if (relayedStatus === null) throw new Error(await messageOf(answer));
    const status = Number(relayedStatus);
    if (method === "POST") {
      if (status === 404 && headers.has("mcp-session-id")) throw new SessionGone();
      const trouble = troubleOf(status, hasKey);
      if (trouble !== undefined) throw new Error(trouble);
    }
    const hasBody = ![204, 205, 304].includes(status);
    return new Response(hasBody ? answer.body : null, { status, headers: answer.headers });
  };
}

function troubleOf(status: number, hasKey: boolean): string | undefined {
  if (status === 401 || status === 403) {
    return hasKey
      ? `The tool server does not take this key (status ${status}).`
      : `The tool server asks for a key (status ${status}).`;
  }
  if (status >= 300 && status < 400) {
    return `The tool server is elsewhere (status ${status}); give the address that this one leads to.`;
  }
  if (status === 404 || status === 405) return `There is no tool server at this address (status ${status}).`;
  if (status === 429) return "The tool server is asked too often (status 429); try later.";
  if (status >= 500) return `The tool server fails at the moment (status ${status}).`;
  return undefined;
}

async function messageOf(answer: Response): Promise<string> {
  const { data } = refusalSchema.safeParse(await answer.json().catch(() => undefined));
  return data?.error.message ?? "The tool server cannot be reached.";
}
