import type { ChatCompletionChunk, ErrorBody } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import type { Answer, AnswerState, AnswerUsage, FileReference, Round, ToolStep } from "@/lib/schemas/chatroom";

export function newRound(streamId: string): Round {
  return {
    streamId,
    generationId: null,
    modelId: null,
    provider: null,
    text: "",
    reasoning: "",
    reasoningDetails: [],
    images: [],
    annotations: [],
    toolSteps: [],
    finishReason: null,
    usage: null,
  };
}

export function newAnswer(
  id: string,
  { slotId, modelId }: { slotId: string; modelId: string },
  streamId: string,
  nowMs: number,
): Answer {
  return {
    id,
    slotId,
    requestedModelId: modelId,
    createdMs: nowMs,
    state: { kind: "waiting" },
    rounds: [newRound(streamId)],
    firstTokenMs: null,
    totalMs: null,
  };
}

/**
 * The answer with one more chunk of its last round, which arrived `elapsedMs` after that was sent. Pictures are kept
 * apart: `saveImage` takes the address a picture came with and says what file it is now.
 */
export function withChunk(
  answer: Answer,
  chunk: ChatCompletionChunk,
  elapsedMs: number,
  saveImage: (url: string) => FileReference,
): Answer {
  const round = answer.rounds.at(-1);
  if (round === undefined) return answer;
  const [choice] = chunk.choices;
  const delta = choice?.delta ?? {};
  const text = `${delta.content ?? ""}${delta.refusal ?? ""}`;
  const reasoning = delta.reasoning ?? "";
  const says =
    text !== "" || reasoning !== "" || (delta.images?.length ?? 0) > 0 || (delta.tool_calls?.length ?? 0) > 0;
  const next: Round = {
    ...round,
    generationId: chunk.id,
    modelId: chunk.model,
    provider: chunk.provider,
    text: round.text + text,
    reasoning: round.reasoning + reasoning,
    reasoningDetails: withDetails(round.reasoningDetails, delta.reasoning_details ?? []),
    images:
      delta.images === undefined
        ? round.images
        : [...round.images, ...delta.images.map(({ image_url }) => saveImage(image_url.url))],
    annotations: delta.annotations === undefined ? round.annotations : [...round.annotations, ...delta.annotations],
    toolSteps: withCalls(round.toolSteps, delta.tool_calls ?? []),
    finishReason: choice?.finish_reason ?? round.finishReason,
    usage: chunk.usage === undefined ? round.usage : usageOf(chunk.usage),
  };
  return {
    ...answer,
    state: stateWith(answer.state, chunk, says),
    rounds: [...answer.rounds.slice(0, -1), next],
    firstTokenMs: answer.firstTokenMs ?? (says ? elapsedMs : null),
    totalMs: says ? elapsedMs : answer.totalMs,
  };
}

function stateWith(state: AnswerState, chunk: ChatCompletionChunk, says: boolean): AnswerState {
  if (chunk.error !== undefined) return failedWith(chunk.error);
  return says && state.kind === "waiting" ? { kind: "streaming" } : state;
}

/** The state of an answer that the API refused, or broke off, in its words. */
export function failedWith({ code, message, metadata }: ErrorBody): AnswerState {
  return { kind: "failed", status: code, message, ...(metadata === undefined ? {} : { metadata }) };
}

/** How an answer stands after the stream of its last round ended well: with calls, those are next. */
export function finished(answer: Answer): Answer {
  if (answer.state.kind === "failed") return answer;
  const calls = answer.rounds.at(-1)?.toolSteps ?? [];
  return { ...answer, state: { kind: calls.some(({ result }) => result === null) ? "tools" : "done" } };
}

/** Is the model, or a tool, still at it? */
export function isRunning({ state }: Pick<Answer, "state">): boolean {
  return state.kind === "waiting" || state.kind === "streaming" || state.kind === "tools";
}

/**
 * How an answer stands that was running when its page went away: lost, whatever had arrived. Others are as they were.
 */
export function interrupted(answer: Answer): Answer {
  return isRunning(answer) ? { ...answer, state: { kind: "lost" } } : answer;
}

/** Pieces of one kind and index are one thing that arrives bit by bit: texts are joined, a signature replaces. */
function withDetails(before: readonly ReasoningDetail[], pieces: readonly ReasoningDetail[]): ReasoningDetail[] {
  const details = [...before];
  for (const piece of pieces) {
    const last = details.at(-1);
    const goesOn =
      last !== undefined &&
      last.type === piece.type &&
      last.index === piece.index &&
      (piece.id === undefined || piece.id === null || last.id === piece.id) &&
      piece.type !== "reasoning.encrypted";
    if (!goesOn) {
      details.push(piece);
      continue;
    }
    details[details.length - 1] = {
      ...last,
      ...piece,
      id: piece.id ?? last.id,
      format: piece.format ?? last.format,
      ...(last.text === undefined && piece.text === undefined ? {} : { text: `${last.text ?? ""}${piece.text ?? ""}` }),
      ...(last.summary === undefined && piece.summary === undefined
        ? {}
        : { summary: `${last.summary ?? ""}${piece.summary ?? ""}` }),
      ...(piece.signature === undefined || piece.signature === null
        ? last.signature === undefined
          ? {}
          : { signature: last.signature }
        : { signature: piece.signature }),
    };
  }
  return details;
}

type CallDelta = NonNullable<ChatCompletionChunk["choices"][number]["delta"]["tool_calls"]>[number];

function withCalls(before: readonly ToolStep[], pieces: readonly CallDelta[]): ToolStep[] {
  const steps = [...before];
  for (const { index, id, function: called } of pieces) {
    const step = steps[index] ?? { id: "", name: "", arguments: "", result: null, isError: false };
    steps[index] = {
      ...step,
      id: id ?? step.id,
      name: step.name + (called.name ?? ""),
      arguments: step.arguments + (called.arguments ?? ""),
    };
  }
  // A stream that skips an index would leave a hole.
  return steps.filter((step) => step !== undefined);
}

function usageOf(usage: NonNullable<ChatCompletionChunk["usage"]>): AnswerUsage {
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens,
    reasoningTokens: usage.completion_tokens_details.reasoning_tokens,
    cachedTokens: usage.prompt_tokens_details.cached_tokens,
    costUsd: usage.cost,
  };
}
