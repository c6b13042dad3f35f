import { createParser } from "eventsource-parser";
import {
  type ChatCompletionChunk,
  chatCompletionChunkSchema,
  type ErrorBody,
  errorResponseSchema,
} from "@/lib/schemas/chat-completion";

const DONE = "[DONE]";

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

/** The stream broke off: the server went away, or the network did. What had arrived is good. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/**
 * Asks the completion API and gives its chunks as they arrive; ends after the server's own end mark.
 *
 * @throws CompletionRefused, ConnectionLost, or the abort reason when `signal` fires.
 */
export async function* streamCompletion(
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  const response = await connect(request, signal);
  if (!response.ok || response.body === null) throw await refusalOf(response);

  const events: string[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event.data) });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await read(reader, signal);
      if (done) throw new ConnectionLost("the stream ended without its end mark");
      parser.feed(value);
      for (const data of events.splice(0)) {
        if (data === DONE) return;
        yield chatCompletionChunkSchema.parse(JSON.parse(data));
      }
    }
  } finally {
    // A consumer that stops reading closes the connection, which is what tells the server to stop.
    await reader.cancel().catch(() => undefined);
  }
}

async function connect(request: CompletionRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch("/api/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...request, stream: true }),
      signal,
    });
  } catch (error) {
    throw lossOf(error, signal);
  }
}

async function read(reader: ReadableStreamDefaultReader<string>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    throw lossOf(error, signal);
  }
}

/** What a failed read means: our own abort stays one, everything else is the network. */
function lossOf(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : new ConnectionLost("the connection broke off", { cause: error });
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
