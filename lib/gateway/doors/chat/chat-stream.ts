import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta, FinishReason, Logprobs } from "@/lib/schemas/chat-completion";
import type { RouterMetadata } from "@/lib/schemas/router-metadata";
import { SSE_DONE, sseData } from "@/lib/sse/encode-sse";
import { errorBodyOf } from "../../render-error";
import type { AnswerEnding, AnswerIdentity, StreamWriter } from "../door";
import { shownDelta } from "../shown-delta";

/** Writes chunks of a chat completion. */
export function createChatStream(answer: AnswerIdentity): StreamWriter {
  return new ChatStream(answer);
}

class ChatStream implements StreamWriter {
  private readonly hidesReasoning: boolean;
  /** A chunk's JSON up to its choices: all chunks of an answer share it. */
  private readonly head: string;

  constructor({ id, createdSeconds, model, provider, hidesReasoning }: AnswerIdentity) {
    this.hidesReasoning = hidesReasoning;
    const json = JSON.stringify({ id, object: "chat.completion.chunk", created: createdSeconds, model, provider });
    this.head = `${json.slice(0, -1)},`;
  }

  write(chunks: readonly ChatChunk[]): string {
    let text = "";
    for (const { delta, logprobs } of chunks) {
      const shown = shownDelta(delta, this.hidesReasoning);
      if (shown !== undefined || logprobs !== undefined)
        text += sseData(this.head + deltaChoice(shown ?? {}, logprobs));
    }
    return text;
  }

  end({ finishReason, nativeFinishReason, usage, failure, routerMetadata }: AnswerEnding): string {
    return (
      sseData(`${this.head}${finishChoice(finishReason, nativeFinishReason)}${errorField(failure)}}`) +
      sseData(`${this.head}"choices":[],"usage":${JSON.stringify(usage)}${metadataField(routerMetadata)}}`) +
      SSE_DONE
    );
  }

  refuse(error: AppError, routerMetadata: RouterMetadata | undefined): string {
    const choice = finishChoice("error", "error");
    return sseData(`${this.head}${choice}${errorField(error)}${metadataField(routerMetadata)}}`) + SSE_DONE;
  }
}

function errorField(error: AppError | undefined): string {
  return error === undefined ? "" : `,"error":${JSON.stringify(errorBodyOf(error))}`;
}

function metadataField(metadata: RouterMetadata | undefined): string {
  return metadata === undefined ? "" : `,"openrouter_metadata":${JSON.stringify(metadata)}`;
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
