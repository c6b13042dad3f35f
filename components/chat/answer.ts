import { ConnectionLost } from "@/lib/chatroom/read-completion";
import { CompletionRefused } from "@/lib/queries/stream-completion";
import type { ChatCompletionChunk, ErrorBody, FinishReason } from "@/lib/schemas/chat-completion";

export type AnswerState =
  | { kind: "waiting" }
  | { kind: "streaming" }
  | { kind: "done" }
  /** By the reader. */
  | { kind: "stopped" }
  /** The network or the server went away; what arrived is kept. */
  | { kind: "lost" }
  /** The API said what is wrong; `metadata` is what it added, such as every endpoint that was excluded. */
  | { kind: "failed"; status: number; message: string; metadata?: unknown };

/** One model's answer, as far as it has come. */
export type Answer = {
  state: AnswerState;
  /** What was asked for; `modelId` is what answered. */
  requestedModelId: string;
  text: string;
  reasoning: string;
  generationId: string | null;
  modelId: string | null;
  provider: string | null;
  finishReason: FinishReason | null;
  /** Milliseconds from sending to the first piece of the answer. */
  firstTokenMs: number | null;
  /** Milliseconds from sending to the last piece so far. */
  totalMs: number | null;
  usage: { promptTokens: number; completionTokens: number; costUsd: number } | null;
};

export function emptyAnswer(requestedModelId: string): Answer {
  return {
    state: { kind: "waiting" },
    requestedModelId,
    text: "",
    reasoning: "",
    generationId: null,
    modelId: null,
    provider: null,
    finishReason: null,
    firstTokenMs: null,
    totalMs: null,
    usage: null,
  };
}

/** The answer with one more chunk, which arrived `elapsedMs` after the question was sent. */
export function withChunk(answer: Answer, chunk: ChatCompletionChunk, elapsedMs: number): Answer {
  const [choice] = chunk.choices;
  const text = choice?.delta.content ?? "";
  const reasoning = choice?.delta.reasoning ?? "";
  const says = text !== "" || reasoning !== "";
  return {
    ...answer,
    state: stateWith(answer.state, chunk, says),
    text: answer.text + text,
    reasoning: answer.reasoning + reasoning,
    generationId: chunk.id,
    modelId: chunk.model,
    provider: chunk.provider,
    finishReason: choice?.finish_reason ?? answer.finishReason,
    firstTokenMs: answer.firstTokenMs ?? (says ? elapsedMs : null),
    totalMs: says ? elapsedMs : answer.totalMs,
    usage: chunk.usage === undefined ? answer.usage : usageOf(chunk.usage),
  };
}

function stateWith(state: AnswerState, chunk: ChatCompletionChunk, says: boolean): AnswerState {
  if (chunk.error !== undefined) return failedWith(chunk.error);
  return says && state.kind === "waiting" ? { kind: "streaming" } : state;
}

function failedWith({ code, message, metadata }: ErrorBody): AnswerState {
  return { kind: "failed", status: code, message, metadata };
}

function usageOf(usage: NonNullable<ChatCompletionChunk["usage"]>): Answer["usage"] {
  return { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens, costUsd: usage.cost };
}

/** How an answer stands after its stream ended well. */
export function finished(answer: Answer): Answer {
  return answer.state.kind === "failed" ? answer : { ...answer, state: { kind: "done" } };
}

/** How an answer stands after its stream threw; `wasStopped` when that was the reader's wish. */
export function brokenOff(answer: Answer, error: unknown, wasStopped: boolean): Answer {
  if (wasStopped) return { ...answer, state: { kind: "stopped" } };
  if (error instanceof ConnectionLost) return { ...answer, state: { kind: "lost" } };
  if (error instanceof CompletionRefused) {
    return { ...answer, state: failedWith(error.body) };
  }
  return { ...answer, state: { kind: "failed", status: 0, message: "The answer could not be read." } };
}

/** Is the model still at it? */
export function isRunning({ state }: Answer): boolean {
  return state.kind === "waiting" || state.kind === "streaming";
}

/** Completion tokens per second after the first one; `null` while there is nothing to divide. */
export function tokensPerSecond({ usage, firstTokenMs, totalMs }: Answer): number | null {
  if (usage === null || firstTokenMs === null || totalMs === null || totalMs <= firstTokenMs) return null;
  return (usage.completionTokens * 1_000) / (totalMs - firstTokenMs);
}
