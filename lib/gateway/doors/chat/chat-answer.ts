import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatCompletion } from "@/lib/schemas/chat-completion";
import { foldAnswer } from "../../fold-answer";
import { errorBodyOf } from "../../render-error";
import type { AnswerEnding, AnswerIdentity } from "../door";

/** An answer as one `chat.completion` object. */
export function renderChatAnswer(
  { id, createdSeconds, model, provider, hidesReasoning }: AnswerIdentity,
  chunks: readonly ChatChunk[],
  { finishReason, nativeFinishReason, usage, serviceTier, systemFingerprint, failure, routerMetadata }: AnswerEnding,
): ChatCompletion {
  const { message, logprobs } = foldAnswer(chunks);
  if (hidesReasoning) {
    message.reasoning = null;
    delete message.reasoning_details;
  }
  return {
    id,
    object: "chat.completion",
    created: createdSeconds,
    model,
    provider,
    system_fingerprint: systemFingerprint ?? null,
    ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
    choices: [
      {
        index: 0,
        logprobs,
        finish_reason: finishReason,
        native_finish_reason: nativeFinishReason,
        message,
        ...(failure === undefined ? {} : { error: errorBodyOf(failure) }),
      },
    ],
    usage,
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}
