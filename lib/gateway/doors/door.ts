import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { FinishReason, Usage } from "@/lib/schemas/chat-completion";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouterMetadata } from "@/lib/schemas/router-metadata";
import type { Task } from "@/lib/schemas/task";
import type { PromptNeeds } from "../needs-of";

/** What every answer says of itself, whichever door it leaves by. */
export type AnswerIdentity = {
  /** The generation's id. Every door gives it as the id of the answer, so that `GET /generation` finds it. */
  id: string;
  /** Seconds since 1970. */
  createdSeconds: number;
  /** The id of the model that answers. */
  model: string;
  /** The name of its provider, for people. */
  provider: string;
  /** The caller wants the reasoning left out. */
  hidesReasoning: boolean;
};

/** How an answer ended. */
export type AnswerEnding = {
  /** Seconds since 1970. */
  endedSeconds: number;
  finishReason: FinishReason;
  nativeFinishReason: string;
  /** The stop sequence that was reached, where the provider says which. */
  stopSequence: string | undefined;
  usage: Usage;
  serviceTier: string | undefined;
  systemFingerprint: string | undefined;
  /** What broke the answer off after its first content. */
  failure: AppError | undefined;
  /** The route, for callers who asked for it. */
  routerMetadata: RouterMetadata | undefined;
};

/** Writes one answer as server-sent events. Stateful, fed in order. */
export type StreamWriter = {
  /** The events of chunks that came together; empty when they show nothing. */
  write(chunks: readonly ChatChunk[]): string;
  /** The last events. Called once, after the charge is committed. */
  end(ending: AnswerEnding): string;
  /** All events of an answer that nobody gave. Called instead of the others, when status 200 has gone out already. */
  refuse(error: AppError, routerMetadata: RouterMetadata | undefined): string;
};

/** How the answer to one request is written. */
export type AnswerForm = {
  /** Under which API the generation is recorded. */
  apiType: ApiType;
  stream(answer: AnswerIdentity): StreamWriter;
  /**
   * The whole answer as JSON.
   * @throws AppError `ending.failure` where the protocol has no place for a failure inside an answer
   */
  whole(answer: AnswerIdentity, chunks: readonly ChatChunk[], ending: AnswerEnding): unknown;
};

/** A request in the one internal shape, and how its answer is to be written. */
export type ReadRequest = {
  request: ChatRequest;
  form: AnswerForm;
  /** What is asked instead of a conversation. The request then only says where it goes, and stands for what it costs. */
  task?: Task;
  /** What the task needs of an endpoint. Absent: what the request needs. */
  needs?: PromptNeeds;
  /** The protocol demands an output limit, so that it is one the caller may mean only as a bound. */
  mustNameLimit?: true;
};

/** One public protocol: what comes in by it and what goes out. Pure. */
export type Door = {
  /** @throws AppError `invalid_request` that names the first wrong field by the protocol's own name. */
  read(body: Uint8Array): ReadRequest;
  /** A header of the protocol's own that carries the generation's id, beside ours. */
  idHeader?: string;
};

/** Chat completions came first, and are called plainly "completions" in the records of OpenRouter. */
export type ApiType = "completions" | "text_completions" | "messages" | "responses" | "embeddings" | "rerank";
