import type { UpstreamResponse } from "@/lib/providers/open-upstream";
import type { Adapter } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { asUpstreamError, StreamReader, unreadable } from "./read-stream";

/** A whole answer larger than this is refused; images arrive in it as base64. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;

/**
 * Decodes an answer by what it is, not by what was asked for: some providers stream when told not to, and the other way
 * round.
 *
 * @throws UpstreamError when the provider reports a failure in it, it cannot be read, or it ends before its end.
 */
export function readAnswer(adapter: Adapter, response: UpstreamResponse): AsyncIterator<readonly ChatChunk[]> {
  return isWholeAnswer(response) ? readBody(adapter, response) : new StreamReader(adapter, response.body);
}

/** Whether the answer comes as one body, and not as a stream. */
export function isWholeAnswer({ headers }: UpstreamResponse): boolean {
  return String(headers["content-type"] ?? "").includes("json");
}

async function* readBody(adapter: Adapter, response: UpstreamResponse): AsyncGenerator<readonly ChatChunk[]> {
  const text = await readText(response, MAX_BODY_BYTES + 1);
  if (text.length > MAX_BODY_BYTES) throw unreadable("the answer is too large");
  yield decodeBody(adapter, text);
}

function decodeBody(adapter: Adapter, text: string): readonly ChatChunk[] {
  try {
    return adapter.decodeBody(JSON.parse(text));
  } catch (error) {
    throw asUpstreamError(error);
  }
}

/** Reads a short body, such as that of an error, as text: what has come of it after `limitMs`, if that is given. */
export async function readText(response: UpstreamResponse, maxBytes: number, limitMs?: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const limit =
    limitMs === undefined
      ? undefined
      : new Promise<IteratorResult<readonly Uint8Array[]>>((resolve) => {
          timer = setTimeout(() => resolve({ value: undefined, done: true }), limitMs);
        });
  try {
    while (size <= maxBytes) {
      const read = response.body.next();
      const { value, done } = await (limit === undefined ? read : Promise.race([read, limit]));
      if (done === true) break;
      for (const piece of value) {
        parts.push(piece);
        size += piece.length;
      }
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(parts).toString("utf8", 0, Math.min(size, maxBytes));
}
