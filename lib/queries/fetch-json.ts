import { z } from "zod";
import { RequestError } from "./request-error";

const refusalSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
});

type FetchOptions<T> = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Query; absent values are left out. */
  query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
};

/**
 * Asks our own server for JSON and gives what `schema` makes of it.
 *
 * @throws RequestError when the server refused, or answered something that is not JSON.
 * @throws ZodError when the answer has another shape than agreed.
 * @throws RequestError `unreachable` (status 0) when the server cannot be reached.
 */
export async function fetchJson<T>(
  path: string,
  { method = "GET", query, body, schema, signal }: FetchOptions<T>,
): Promise<T> {
  const response = await fetchOrExplain(withQuery(path, query), {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  const answer = await jsonOf(response);
  if (response.ok && answer !== undefined) return schema.parse(answer);
  const refusal = refusalSchema.safeParse(answer);
  if (refusal.success) {
    const { code, message, field } = refusal.data.error;
    throw new RequestError(response.status, code, message, field);
  }
  throw new RequestError(response.status, "unreadable", `The server answered with status ${response.status}.`);
}

/** The browser's own words for a server that is not there ("Failed to fetch") help nobody. */
function fetchOrExplain(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error;
    throw new RequestError(0, "unreachable", "The server cannot be reached. Check the connection and try again.");
  });
}

function withQuery(path: string, query: FetchOptions<unknown>["query"]): string {
  const present = Object.entries(query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return present.length === 0 ? path : `${path}?${new URLSearchParams(present)}`;
}

/** `undefined` when the body is no JSON: an error page of something between us and the server. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
