import type { UpstreamResponse } from "@/lib/providers/open-upstream";
import { type Adapter, UpstreamError } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { createEventStreamParser } from "@/lib/sse/event-stream-parser";
import { createSseParser, type SseMessage, type SseParser } from "@/lib/sse/sse-parser";

type Group = readonly ChatChunk[];

const DONE = { value: undefined, done: true } as const;

/**
 * Decodes a stream of events, framed as its protocol does: one group of chunks for all that one network read brought. It goes down the
 * road, and out to the client, in one piece.
 *
 * An iterator by hand and not a generator, as is every layer that each chunk passes (see tap-stream.ts).
 */
export class StreamReader implements AsyncIterableIterator<Group> {
  private readonly bytes: UpstreamResponse["body"];
  private readonly parser: SseParser;
  private readonly decoder: ReturnType<Adapter["createStreamDecoder"]>;
  private events = 0;
  private isOver = false;
  /** Found together with chunks, which come first: what came before a failure is part of the answer. */
  private failure: UpstreamError | undefined;

  constructor(adapter: Adapter, bytes: UpstreamResponse["body"]) {
    this.parser = adapter.framing === "event-stream" ? createEventStreamParser() : createSseParser();
    this.decoder = adapter.createStreamDecoder();
    this.bytes = bytes;
  }

  next(): Promise<IteratorResult<Group>> {
    const { failure } = this;
    if (failure !== undefined) {
      this.failure = undefined;
      return Promise.reject(failure);
    }
    return this.isOver ? Promise.resolve(DONE) : this.bytes.next().then(this.onRead);
  }

  return(): Promise<IteratorResult<Group>> {
    this.isOver = true;
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private readonly onRead = ({
    value,
    done,
  }: IteratorResult<readonly Uint8Array[]>): IteratorResult<Group> | Promise<IteratorResult<Group>> => {
    const chunks: ChatChunk[] = [];
    try {
      if (done === true) {
        this.isOver = true;
        this.decode(this.parser.end(), chunks);
        this.failure = this.missingEnd();
      } else {
        for (const piece of value) this.decode(this.parser.push(piece), chunks);
      }
    } catch (error) {
      this.isOver = true;
      this.failure = asUpstreamError(error);
    }
    return chunks.length > 0 ? { value: chunks, done: false } : this.next();
  };

  private decode(messages: readonly SseMessage[], chunks: ChatChunk[]): void {
    this.events += messages.length;
    for (const message of messages) for (const chunk of this.decoder.decode(message)) chunks.push(chunk);
  }

  private missingEnd(): UpstreamError | undefined {
    if (this.events === 0) return unreadable("the answer is empty or not a stream");
    return this.decoder.isComplete() ? undefined : unreadable("the provider disconnected before the end of its answer");
  }
}

/** What is not in the protocol is the provider's failure, and its text stays out of the message. */
export function asUpstreamError(error: unknown): UpstreamError {
  return error instanceof UpstreamError
    ? new UpstreamError({ ...error.failure, quoted: true })
    : unreadable("the answer could not be read");
}

export function unreadable(message: string): UpstreamError {
  return new UpstreamError({ status: 502, providerCode: undefined, message });
}
