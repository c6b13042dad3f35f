import { AppError } from "@/lib/errors";
import type { AnswerEnding, AnswerIdentity } from "@/lib/gateway/doors/door";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import { createSseParser, type SseMessage } from "@/lib/sse/sse-parser";

export const ANSWER: AnswerIdentity = {
  id: "gen-1795194000-abcdef",
  createdSeconds: 1_795_194_000,
  model: "vendor/model",
  provider: "Vendor",
  hidesReasoning: false,
};

/** An answer that ended as it should, but for what `overrides` says. */
export function endingWith(overrides: Partial<AnswerEnding> = {}): AnswerEnding {
  return {
    endedSeconds: 1_795_194_002,
    finishReason: "stop",
    nativeFinishReason: "stop",
    stopSequence: undefined,
    usage: {
      prompt_tokens: 30,
      completion_tokens: 12,
      total_tokens: 42,
      cost: 0.0125,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 8, cache_write_tokens: 2, audio_tokens: 0, video_tokens: 0 },
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: 0.01,
        upstream_inference_completions_cost: 0.0025,
      },
      completion_tokens_details: { reasoning_tokens: 5, image_tokens: 0, audio_tokens: 0 },
    },
    serviceTier: undefined,
    systemFingerprint: undefined,
    failure: undefined,
    routerMetadata: undefined,
    ...overrides,
  };
}

/** A JSON body as it comes over the wire. */
export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The refusal that `run` ends with; ending without one is an error. */
export function refusalBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

/** The events in the text of a stream. */
export function eventsIn(text: string): SseMessage[] {
  const parser = createSseParser();
  return [...parser.push(new TextEncoder().encode(text)), ...parser.end()];
}

/** The data of each event but the closing `[DONE]`. */
export function dataIn(text: string): Record<string, unknown>[] {
  return eventsIn(text)
    .filter(({ data }) => data !== "[DONE]")
    .map(({ data }) => JSON.parse(data));
}

export const says = (content: string): ChatChunk => ({ delta: { content } });
export const refuses = (refusal: string): ChatChunk => ({ delta: { refusal } });
export const thinks = (...reasoning_details: ReasoningDetail[]): ChatChunk => ({ delta: { reasoning_details } });
export const thinksAloud = (reasoning: string): ChatChunk => ({ delta: { reasoning } });
export const beginsCall = (index: number, name: string, args = ""): ChatChunk => ({
  delta: { tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name, arguments: args } }] },
});
export const goesOnWithCall = (index: number, args: string): ChatChunk => ({
  delta: { tool_calls: [{ index, function: { arguments: args } }] },
});
export const draws = (url: string): ChatChunk => ({ delta: { images: [{ type: "image_url", image_url: { url } }] } });
export const cites = (url: string, title: string, content = ""): ChatChunk => ({
  delta: { annotations: [{ type: "url_citation", url_citation: { url, title, content } }] },
});
