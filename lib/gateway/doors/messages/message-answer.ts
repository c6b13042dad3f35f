import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { AnswerBlock, AnswerBlockDelta, BlockEvent } from "@/lib/schemas/messages-answer";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { BlockEvents, type ThinkingDisplay } from "./block-events";
import { messageFields, stopOf, usageOf } from "./message-fields";

/**
 * An answer as one message.
 *
 * @throws AppError the failure of an answer that broke off: a message has no place for it.
 */
export function renderMessage(
  answer: AnswerIdentity,
  chunks: readonly ChatChunk[],
  ending: AnswerEnding,
  display: ThinkingDisplay,
  stops: readonly string[],
) {
  if (ending.failure !== undefined) throw ending.failure;
  const { routerMetadata } = ending;
  return {
    ...messageFields(answer),
    content: contentOf(chunks, display),
    ...stopOf(ending, stops),
    usage: usageOf(ending),
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}

/** The blocks that the events of the same answer make. */
function contentOf(chunks: readonly ChatChunk[], display: ThinkingDisplay): AnswerBlock[] {
  const events = new BlockEvents(display);
  const blocks: AnswerBlock[] = [];
  const inputs: string[] = [];
  const fold = (event: BlockEvent) => {
    const block = blocks[event.index];
    switch (event.type) {
      case "content_block_start":
        blocks.push({ ...event.content_block });
        return;
      case "content_block_delta":
        if (event.delta.type === "input_json_delta")
          inputs[event.index] = (inputs[event.index] ?? "") + event.delta.partial_json;
        else if (block !== undefined) grow(block, event.delta);
        return;
      case "content_block_stop":
        if (block?.type === "tool_use") block.input = inputOf(inputs[event.index] ?? "");
        return;
    }
  };
  for (const { delta } of chunks) if (delta !== undefined) events.read(delta).forEach(fold);
  events.finish().forEach(fold);
  return blocks;
}

function grow(block: AnswerBlock, delta: Exclude<AnswerBlockDelta, { type: "input_json_delta" }>): void {
  if (block.type === "text" && delta.type === "text_delta") block.text += delta.text;
  else if (block.type === "text" && delta.type === "citations_delta")
    block.citations = [...(block.citations ?? []), delta.citation];
  else if (block.type === "thinking" && delta.type === "thinking_delta") block.thinking += delta.thinking;
  else if (block.type === "thinking" && delta.type === "signature_delta") block.signature = delta.signature;
}

/** Arguments that were cut off at the output limit are no JSON: the call is given without them, as Anthropic does. */
function inputOf(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return {};
  }
}
