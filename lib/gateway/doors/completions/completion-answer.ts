import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { foldAnswer } from "../../fold-answer";
import { errorBodyOf } from "../../render-error";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { completionLogprobs } from "./logprobs";

/** An answer as one `text_completion` object. */
export function renderCompletion(
  { id, createdSeconds, model, provider, hidesReasoning }: AnswerIdentity,
  chunks: readonly ChatChunk[],
  { finishReason, nativeFinishReason, usage, systemFingerprint, failure, routerMetadata }: AnswerEnding,
  echo: string,
) {
  const { message, logprobs } = foldAnswer(chunks);
  const { reasoning } = message;
  return {
    id,
    object: "text_completion",
    created: createdSeconds,
    model,
    provider,
    // Absent when unknown: clients refuse null here, and its absence in a chat completion.
    ...(systemFingerprint === undefined ? {} : { system_fingerprint: systemFingerprint }),
    choices: [
      {
        index: 0,
        text: echo + (message.content || message.refusal || ""),
        logprobs: completionLogprobs(logprobs, echo.length),
        finish_reason: finishReason,
        native_finish_reason: nativeFinishReason,
        ...(reasoning === null || hidesReasoning ? {} : { reasoning }),
        ...(failure === undefined ? {} : { error: errorBodyOf(failure) }),
      },
    ],
    usage,
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}
