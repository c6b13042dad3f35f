import type { IncomingHttpHeaders } from "node:http";
import type { Answer, Question, Usage } from "@/lib/sandbox/question";

/** One HTTP request as the wires see it. */
export type Call = {
  provider: string;
  method: string;
  /** Without the provider's slug: `/v1/chat/completions`. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** From the path, where the protocol has it there. */
  model: string | null;
  /** The path asks for a stream, where the protocol says it there. */
  isStreamPath: boolean;
  /** Unique; every id in the answer is made of it. */
  requestId: string;
  nowMs: number;
};

/** An answer that is not 200, as its provider words it. */
export type Failure = { status: number; headers: Readonly<Record<string, string>>; body: unknown };

/** Why a call fails before anything was asked; what was asked wrongly is a `WireRefusal` from `read`. */
export type FailureCause =
  | { kind: "missingKey" }
  | { kind: "unknownPath" }
  | { kind: "wrongMethod" }
  | { kind: "bodyTooLarge" }
  | { kind: "invalidJson"; detail: string }
  | { kind: "sandboxHeader"; header: string }
  | { kind: "status"; status: number; retryAfterSeconds: number | null };

/** One piece of a stream: what goes into the socket at once, and how many tokens the client receives with it. */
export type Frame = { bytes: string | Uint8Array; tokens: number };

/** A request understood: what it asks, and how its answer is written down. */
export type Reply = {
  question: Question;
  /** Whether cached prefixes are marked by the client or found by the provider. */
  caching: "marked" | "automatic";
  isStream: boolean;
  streamContentType: string;
  json(answer: Answer, usage: Usage): unknown;
  frames(answer: Answer, usage: Usage): Iterable<Frame>;
  /** A failure after the stream has begun; `isFirst` when no frame came before it. */
  errorFrame(status: number, isFirst: boolean): string | Uint8Array;
  /** An event whose data breaks off in the middle. */
  garbageFrame(isFirst: boolean): string | Uint8Array;
};

/** The answer to what is no conversation: vectors, a ranking. Never streamed. */
export type TaskReply = { taskAnswer: unknown };

/** One provider protocol. */
export type Wire = {
  hasKey(call: Call): boolean;
  /** Sent with each answer, good or bad. */
  headers(call: Call): Readonly<Record<string, string>>;
  failureOf(cause: FailureCause, call: Call): Failure;
  /** @throws WireRefusal when the provider would not accept the request */
  read(body: unknown, call: Call): Reply | TaskReply;
};

/** A request that the provider refuses, with the answer it gives. */
export class WireRefusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super("the provider refuses this request");
    this.failure = failure;
  }
}
