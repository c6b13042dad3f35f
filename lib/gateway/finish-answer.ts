import { AppError, ERRORS } from "@/lib/errors";
import type { UpstreamFailure } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatCompletion, ErrorBody, FinishReason } from "@/lib/schemas/chat-completion";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { OpenedAnswer } from "./attempt-candidates";
import type { ClientSignal } from "./client-signal";
import { foldAnswer } from "./fold-answer";
import type { GenerationContext } from "./generation-context";
import { type AnswerOutcome, meterAnswer } from "./meter-answer";
import type { ActivePlugin } from "./prepare-request";
import { errorBodyOf } from "./render-error";
import { renderUsage } from "./render-usage";
import { renderRouterMetadata } from "./router-metadata";
import { settleGeneration } from "./settle-generation";

/** Renders an answer as one JSON object, committed before it is returned. `null` when the client has gone. */
export async function completeAnswer(
  context: GenerationContext,
  answer: OpenedAnswer,
  plugins: readonly ActivePlugin[],
  client: ClientSignal,
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
    ...(context.wantsRouterMetadata ? { openrouter_metadata: renderRouterMetadata(context.route) } : {}),
  };
}

/** Whether the caller wants the reasoning left out. */
export function hidesReasoning(request: ChatRequest): boolean {
  return request.reasoning?.exclude === true || request.include_reasoning === false;
}

/** Why the answer ended, as the caller is told. */
export function finishReasonOf(outcome: AnswerOutcome): FinishReason {
  return outcome.end.kind === "failed" ? "error" : (outcome.finishReason ?? "stop");
}

/** A failure after the first content: the status has gone out, so it is told inside the answer. */
export function midStreamError(failure: UpstreamFailure): ErrorBody {
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
