import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultBoard } from "@/lib/sandbox/fault-board";
import { faultMapSchema } from "@/lib/schemas/provider-faults";

/** No provider's slug begins with a dot. */
export const CONTROL_PATH = "/.faults";

type Control = { faults: FaultBoard; token: string; body: string; request: IncomingMessage; response: ServerResponse };

/**
 * Reads and turns the fault board over HTTP, for processes other than the sandbox's own: `GET` reads it, `PATCH` changes
 * the providers it names (an empty object heals one), `PUT` replaces it. Each answers with the board as it is then.
 */
export function controlFaults({ faults, token, body, request, response }: Control): void {
  const answer = (status: number, value: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (!isToken(request.headers.authorization, `Bearer ${token}`)) return void answer(401, { error: "wrong token" });
  const { method = "GET" } = request;
  if (method !== "GET" && method !== "PUT" && method !== "PATCH") return void answer(405, { error: "wrong method" });
  if (method !== "GET") {
    const wanted = faultMapSchema.safeParse(parsedOrUndefined(body));
    if (!wanted.success) return void answer(400, { error: wanted.error.issues[0]?.message });
    if (method === "PUT") faults.clear();
    for (const [slug, changed] of Object.entries(wanted.data)) {
      if (Object.keys(changed).length === 0) faults.delete(slug);
      else faults.set(slug, changed);
    }
  }
  answer(200, Object.fromEntries(faults));
}

function isToken(sent: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(sent ?? ""), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
