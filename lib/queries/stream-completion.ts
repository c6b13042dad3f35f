import { readCompletion } from "@/lib/chatroom/read-completion";
import { ConnectionLost } from "@/lib/chatroom/stream-errors";
import { type ChatCompletionChunk, type ErrorBody, errorResponseSchema } from "@/lib/schemas/chat-completion";

export type CompletionMessage = { role: "user" | "assistant"; content: string };
export type CompletionRequest = { model: string; messages: readonly CompletionMessage[]; max_tokens?: number };

/** The API refused the request before the first chunk. */
export class CompletionRefused extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = "CompletionRefused";
    this.body = body;
  }
}

/**
 * Asks the completion API and gives its chunks as they arrive; ends after the server's own end mark.
 *
 * @throws CompletionRefused, ConnectionLost, UnreadableAnswer, or the abort reason when `signal` fires.
 */
export async function* streamCompletion(
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  for await (const chunks of streamChunks({ body: request }, signal)) yield* chunks;
}

type StreamSource =
  /** Of a new completion. With a stream id, the server keeps a short copy that can be resumed. */
  | { body: Readonly<Record<string, unknown>>; streamId?: string }
  /** The server's copy of one that was asked for before, from its beginning. */
  | { resume: string };

/** The same with the chunks that arrived together, together: fewer steps where several models answer fast. */
export async function* streamChunks(
  source: StreamSource,
  signal: AbortSignal,
): AsyncGenerator<readonly ChatCompletionChunk[], void, undefined> {
  const response = await connect(source, signal);
  if (!response.ok || response.body === null) throw await refusalOf(response);
  try {
    yield* readCompletion(bytesOf(response.body));
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** Streams of some browsers cannot be iterated. A consumer that stops reading closes the connection. */
async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function connect(source: StreamSource, signal: AbortSignal): Promise<Response> {
  try {
    if ("resume" in source) return await fetch(chatStreamPath(source.resume), { signal, cache: "no-store" });
    const { body, streamId } = source;
    return await fetch("/api/v1/chat/completions", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(streamId === undefined ? {} : { "x-chat-stream": streamId }),
      },
      body: JSON.stringify({ ...body, stream: true }),
      signal,
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : new ConnectionLost("the connection broke off", { cause: error });
  }
}

/** Where the server's copy of a stream is. */
export function chatStreamPath(streamId: string): string {
  return `/api/internal/chat/streams/${encodeURIComponent(streamId)}`;
}

async function refusalOf(response: Response): Promise<CompletionRefused> {
  const text = await response.text().catch(() => "");
  const parsed = errorResponseSchema.safeParse(parseOrUndefined(text));
  if (parsed.success) return new CompletionRefused(parsed.data.error);
  return new CompletionRefused({
    code: response.status,
    message: `The server answered with status ${response.status}.`,
  });
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
