import { type ChatCompletionChunk, chatCompletionChunkSchema } from "@/lib/schemas/chat-completion";
import { createSseParser } from "@/lib/sse/sse-parser";
import { ConnectionLost, UnreadableAnswer } from "./stream-errors";

const DONE = "[DONE]";

/**
 * Gives the chunks of a completion as its bytes arrive, cut anywhere; those that arrived together come together. Ends
 * after the server's own end mark. Comments are life signs and give nothing.
 *
 * @throws ConnectionLost when the bytes end before that, or reading fails; UnreadableAnswer.
 */
export async function* readCompletion(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ChatCompletionChunk[], void, undefined> {
  const parser = createSseParser();
  for await (const piece of lossless(bytes)) {
    const chunks: ChatCompletionChunk[] = [];
    for (const { data } of parser.push(piece)) {
      if (data === DONE) {
        if (chunks.length > 0) yield chunks;
        return;
      }
      chunks.push(chunkOf(data));
    }
    if (chunks.length > 0) yield chunks;
  }
  throw new ConnectionLost("the stream ended without its end mark");
}

async function* lossless(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes;
  } catch (error) {
    throw new ConnectionLost("the connection broke off", { cause: error });
  }
}

function chunkOf(data: string): ChatCompletionChunk {
  try {
    return chatCompletionChunkSchema.parse(JSON.parse(data));
  } catch (error) {
    throw new UnreadableAnswer("an event of the stream is no chunk of a completion", { cause: error });
  }
}
