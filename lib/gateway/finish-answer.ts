import { AppError, ERRORS } from "@/lib/errors";
import type { UpstreamFailure } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatCompletion, ChatDelta, ErrorBody, FinishReason, Logprobs } from "@/lib/schemas/chat-completion";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { SSE_DONE, sseComment, sseData } from "@/lib/sse/encode-sse";
import type { OpenedAnswer } from "./attempt-candidates";
import { foldAnswer } from "./fold-answer";
import type { GenerationContext } from "./generation-context";
import { type AnswerOutcome, meterAnswer } from "./meter-answer";
import type { ActivePlugin } from "./prepare-request";
import { asAppError, errorBodyOf } from "./render-error";
import { renderUsage } from "./render-usage";
import { settleGeneration } from "./settle-generation";

/** What waiting clients are told, in OpenRouter's words, which some clients look for. */
export const PROCESSING_COMMENT = sseComment("OPENROUTER PROCESSING");
/** Until then a failure can still be a plain HTTP error; after that the waiting client hears from us. */
export const COMMENT_AFTER_MS = 1_000;
const COMMENT_EVERY_MS = 10_000;

/**
 * Renders an answer as server-sent events. Content goes out as it comes; the finish reason, the usage and the end only
 * after the charge is committed.
 *
 * @param opening may still be pending: comments are sent until it settles. When it fails, the error is an event.
 */
export async function* streamAnswer(
  context: GenerationContext,
  opening: OpenedAnswer | Promise<OpenedAnswer>,
  client: AbortSignal,
): AsyncGenerator<string> {
  const opened = opening instanceof Promise ? yield* awaited(opening) : { answer: opening };
  if ("error" in opened) {
    const [{ model, endpoint }] = context.hold.candidates;
    const head = headOf(context, model.id, endpoint.provider.name);
    yield sseData(`${head}${finishChoice("error", "error")},"error":${JSON.stringify(opened.error)}}`) + SSE_DONE;
    return;
  }
  const { candidate } = opened.answer;
  const head = headOf(context, candidate.model.id, candidate.endpoint.provider.name);
  const hideReasoning = hidesReasoning(context.request);
  const metered = meterAnswer(opened.answer, client);
  let lastSentMs = performance.now();
  for await (const group of metered.stream) {
    let text = "";
    for (const chunk of group) {
      const delta = shownDelta(chunk.delta, hideReasoning);
      if (delta !== undefined || chunk.logprobs !== undefined)
        text += sseData(head + deltaChoice(delta ?? {}, chunk.logprobs));
    }
    // Reasoning that is not shown may take minutes, and a client that hears nothing hangs up.
    if (text === "" && performance.now() - lastSentMs > COMMENT_EVERY_MS) text = PROCESSING_COMMENT;
    if (text === "") continue;
    yield text;
    lastSentMs = performance.now();
  }
  const outcome = metered.outcome();
  const settled = await settleGeneration(context, outcome);
  if (outcome.end.kind === "aborted") return;

  const finish = finishReasonOf(outcome);
  const error = outcome.end.kind === "failed" ? `,"error":${JSON.stringify(midStreamError(outcome.end.failure))}` : "";
  yield sseData(`${head}${finishChoice(finish, outcome.nativeFinishReason ?? finish)}${error}}`) +
    sseData(`${head}"choices":[],"usage":${JSON.stringify(renderUsage(settled))}}`) +
    SSE_DONE;
}

/** Renders an answer as one JSON object, committed before it is returned. `null` when the client has gone. */
export async function completeAnswer(
  context: GenerationContext,
  answer: OpenedAnswer,
  plugins: readonly ActivePlugin[],
  client: AbortSignal,
): Promise<ChatCompletion | null> {
  const metered = meterAnswer(answer, client);
  const produced: ChatChunk[] = [];
  for await (const group of metered.stream) produced.push(...group);
  const outcome = metered.outcome();
  const settled = await settleGeneration(context, outcome);
  if (outcome.end.kind === "aborted") return null;

  let chunks: readonly ChatChunk[] = produced;
  for (const { plugin, context: pluginContext } of plugins)
    chunks = (await plugin.after?.(chunks, pluginContext)) ?? chunks;
  const { message, logprobs } = foldAnswer(chunks);
  if (hidesReasoning(context.request)) {
    message.reasoning = null;
    delete message.reasoning_details;
  }
  const finish = finishReasonOf(outcome);
  return {
    id: context.id,
    object: "chat.completion",
    created: context.createdSeconds,
    model: answer.candidate.model.id,
    provider: answer.candidate.endpoint.provider.name,
    system_fingerprint: outcome.systemFingerprint ?? null,
    ...(outcome.serviceTier === undefined ? {} : { service_tier: outcome.serviceTier }),
    choices: [
      {
        index: 0,
        logprobs,
        finish_reason: finish,
        native_finish_reason: outcome.nativeFinishReason ?? finish,
        message,
        ...(outcome.end.kind === "failed" ? { error: midStreamError(outcome.end.failure) } : {}),
      },
    ],
    usage: renderUsage(settled),
  };
}

/** Sends comments, one at once, while `opening` is pending. */
async function* awaited(
  opening: Promise<OpenedAnswer>,
): AsyncGenerator<string, { answer: OpenedAnswer } | { error: ErrorBody }> {
  const settled = opening.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error: errorBodyOf(asAppError(error)) }),
  );
  for (;;) {
    yield PROCESSING_COMMENT;
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<"pending">((resolve) => {
      timer = setTimeout(() => resolve("pending"), COMMENT_EVERY_MS);
    });
    const result = await Promise.race([settled, pause]);
    clearTimeout(timer);
    if (result !== "pending") return result;
  }
}

/** A chunk's JSON up to its choices. Put together as text: all chunks of an answer share it. */
function headOf(context: GenerationContext, model: string, provider: string): string {
  const json = JSON.stringify({
    id: context.id,
    object: "chat.completion.chunk",
    created: context.createdSeconds,
    model,
    provider,
  });
  return `${json.slice(0, -1)},`;
}

function deltaChoice(delta: ChatDelta, logprobs: Logprobs | undefined): string {
  const content = delta.content ?? (delta.tool_calls === undefined ? "" : null);
  const json = isContentOnly(delta)
    ? `{"role":"assistant","content":${JSON.stringify(content)}}`
    : JSON.stringify({ role: "assistant", ...delta, content });
  const probabilities = logprobs === undefined ? "null" : JSON.stringify(logprobs);
  return `"choices":[{"index":0,"delta":${json},"finish_reason":null,"native_finish_reason":null,"logprobs":${probabilities}}]}`;
}

/** The commonest delta by far: it is written without a copy of it. */
function isContentOnly(delta: ChatDelta): boolean {
  for (const name in delta) if (name !== "content") return false;
  return true;
}

/** The closing choice, without the chunk's last brace: an error may follow. */
function finishChoice(finish: FinishReason, native: string): string {
  return `"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":${JSON.stringify(finish)},"native_finish_reason":${JSON.stringify(native)},"logprobs":null}]`;
}

/** The delta as the caller sees it; `undefined` when nothing of it is shown. */
function shownDelta(delta: ChatDelta | undefined, hideReasoning: boolean): ChatDelta | undefined {
  if (delta === undefined || !hideReasoning) return delta;
  if (delta.reasoning === undefined && delta.reasoning_details === undefined) return delta;
  const { reasoning: _text, reasoning_details: _details, ...shown } = delta;
  const isEmpty = Object.entries(shown).every(([key, value]) => key === "role" || value === "" || value === null);
  return isEmpty ? undefined : shown;
}

function hidesReasoning(request: ChatRequest): boolean {
  return request.reasoning?.exclude === true || request.include_reasoning === false;
}

function finishReasonOf(outcome: AnswerOutcome): FinishReason {
  return outcome.end.kind === "failed" ? "error" : (outcome.finishReason ?? "stop");
}

/** A failure after the first content: the status has gone out, so it is told inside the answer. */
function midStreamError(failure: UpstreamFailure): ErrorBody {
  const code =
    failure.status === 408 ? "provider_timeout" : failure.status === 429 ? "rate_limited" : "provider_failed";
  const error = new AppError(code, `Provider returned an error: ${failure.message}`, {
    metadata: {
      error_type: ERRORS[code].type,
      ...(failure.providerCode === undefined ? {} : { provider_code: failure.providerCode }),
    },
  });
  return errorBodyOf(error);
}
