import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { CompletionLogprobs } from "@/lib/schemas/completion-request";
import type { RouterMetadata } from "@/lib/schemas/router-metadata";
import { SSE_DONE, sseData } from "@/lib/sse/encode-sse";
import { errorBodyOf } from "../../render-error";
import type { AnswerEnding, AnswerIdentity, StreamWriter } from "../door";
import { shownDelta } from "../shown-delta";
import { completionLogprobs } from "./logprobs";

type Piece = { text: string; logprobs?: CompletionLogprobs | null; reasoning?: string };

/** Writes chunks of a text completion. */
export function createCompletionStream(answer: AnswerIdentity, echo: string): StreamWriter {
  const { id, createdSeconds: created, model, provider, hidesReasoning } = answer;
  const head = { id, object: "text_completion", created, model, provider };
  let written = 0;

  const event = (fields: Record<string, unknown>) => sseData(JSON.stringify({ ...head, ...fields }));
  const piece = ({ text, logprobs = null, ...rest }: Piece) => {
    const choice = { index: 0, text, logprobs, finish_reason: null, native_finish_reason: null, ...rest };
    written += text.length;
    return event({ choices: [choice] });
  };
  const opening = () => (written === 0 && echo !== "" ? piece({ text: echo }) : "");
  const closing = (finish: string, native: string, error: AppError | undefined, rest: Record<string, unknown> = {}) =>
    event({
      choices: [{ index: 0, text: "", logprobs: null, finish_reason: finish, native_finish_reason: native }],
      ...(error === undefined ? {} : { error: errorBodyOf(error) }),
      ...rest,
    });
  const metadata = (route: RouterMetadata | undefined) => (route === undefined ? {} : { openrouter_metadata: route });

  return {
    write(chunks: readonly ChatChunk[]): string {
      let text = opening();
      for (const { delta, logprobs } of chunks) {
        const shown = shownDelta(delta, hidesReasoning);
        const content = shown?.content ?? shown?.refusal ?? "";
        const reasoning = shown?.reasoning ?? "";
        if (content === "" && reasoning === "" && logprobs === undefined) continue;
        text += piece({
          text: content,
          logprobs: completionLogprobs(logprobs, written),
          ...(reasoning === "" ? {} : { reasoning }),
        });
      }
      return text;
    },
    end({ finishReason, nativeFinishReason, usage, failure, routerMetadata }: AnswerEnding): string {
      return (
        opening() +
        closing(finishReason, nativeFinishReason, failure) +
        event({ choices: [], usage, ...metadata(routerMetadata) }) +
        SSE_DONE
      );
    },
    refuse: (error, routerMetadata) => closing("error", "error", error, metadata(routerMetadata)) + SSE_DONE,
  };
}
