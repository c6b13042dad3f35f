import type { UpstreamResponse } from "@/lib/providers/open-upstream";
import { type Adapter, UpstreamError } from "@/lib/providers/types";
import type { ChatChunk, ChatStream } from "@/lib/schemas/chat-chunk";
import { createSseParser, type SseMessage } from "@/lib/sse/sse-parser";

/** A whole answer larger than this is refused; images arrive in it as base64. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;

/**
 * Decodes an answer by what it is, not by what was asked for: some providers stream when told not to, and the other way
 * round.
 *
 * @throws UpstreamError when the provider reports a failure in it, it cannot be read, or it ends before its end.
 */
export async function* readAnswer(
  adapter: Adapter,
  response: UpstreamResponse,
): ChatStream & AsyncGenerator<readonly ChatChunk[]> {
  const contentType = String(response.headers["content-type"] ?? "");
  if (contentType.includes("json")) {
    yield readBody(adapter, await readAll(response));
    return;
  }
  const parser = createSseParser();
  const decoder = adapter.createStreamDecoder();
  let events = 0;
  const decodeInto = (chunks: ChatChunk[], messages: readonly SseMessage[]): void => {
    events += messages.length;
    for (const message of messages) for (const chunk of decoder.decode(message)) chunks.push(chunk);
  };
  for await (const pieces of response.body) {
    // One group for all that one network read brought: it goes down the road, and out to the client, in one piece.
    const chunks: ChatChunk[] = [];
    try {
      for (const piece of pieces) decodeInto(chunks, parser.push(piece));
    } catch (error) {
      // What came before the failure is part of the answer.
      if (chunks.length > 0) yield chunks;
      throw asUpstreamError(error);
    }
    if (chunks.length > 0) yield chunks;
  }
  const last: ChatChunk[] = [];
  guarded(() => decodeInto(last, parser.end()));
  if (last.length > 0) yield last;
  if (events === 0) throw failure("the answer is empty or not a stream");
  if (!decoder.isComplete()) throw failure("the provider disconnected before the end of its answer");
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

async function readAll(response: UpstreamResponse): Promise<string> {
  const text = await readText(response, MAX_BODY_BYTES + 1);
  if (text.length > MAX_BODY_BYTES) throw failure("the answer is too large");
  return text;
}

function readBody(adapter: Adapter, text: string): readonly ChatChunk[] {
  return guarded(() => adapter.decodeBody(JSON.parse(text)));
}

/** What is not in the protocol is the provider's failure, and its text stays out of the message. */
function guarded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw asUpstreamError(error);
  }
}

function asUpstreamError(error: unknown): UpstreamError {
  return error instanceof UpstreamError
    ? new UpstreamError({ ...error.failure, quoted: true })
    : failure("the answer could not be read");
}

function failure(message: string): UpstreamError {
  return new UpstreamError({ status: 502, providerCode: undefined, message });
}
