import { invalidField } from "@/lib/errors";
import type { AssistantMessage, ChatMessage, ReasoningDetail, ToolCall } from "@/lib/schemas/chat-request";
import { isPortable, type Message, type PortableBlock, type ToolResultBlock } from "@/lib/schemas/messages-request";
import { openDetail } from "../sealed-detail";
import { NATIVE_FORMAT } from "./native-format";
import { type ContentBlock, readBlocks } from "./read-blocks";

/**
 * The turns of a conversation as messages in our form. The results of tools, which are blocks of the user's turn here,
 * become messages of their own, before what the user says beside them.
 *
 * @throws AppError `invalid_request` naming a block in the wrong side's turn
 */
export function readTurns(turns: readonly Message[]): ChatMessage[] {
  return turns.flatMap(({ role, content }, index): ChatMessage[] => {
    if (typeof content === "string") return [{ role, content }];
    const field = `messages[${index}].content`;
    if (role === "assistant") return [assistantTurn(content, field)];
    const { results, said } = sidesOf(content, field);
    if (results.length > 0 && said.length === 0) return results.map(toolMessage);
    return [...results.map(toolMessage), { role, content: readBlocks(said) }];
  });
}

type Blocks = Exclude<Message["content"], string>;

function sidesOf(blocks: Blocks, field: string): { results: ToolResultBlock[]; said: ContentBlock[] } {
  const { said, others } = sorted(blocks, field);
  const results: ToolResultBlock[] = [];
  for (const { block, place } of others) {
    switch (block.type) {
      case "tool_result":
        results.push(block);
        break;
      case "tool_use":
      case "thinking":
      case "redacted_thinking":
        throw invalidField(place, `"${block.type}" belongs into a turn of the assistant`);
    }
  }
  return { results, said };
}

type OwnBlock = Exclude<PortableBlock, ContentBlock>;

/** What either side may say, and what belongs to one of them, with where it stands; no traces of a provider's own tools. */
function sorted(blocks: Blocks, field: string) {
  const said: ContentBlock[] = [];
  const others: { block: OwnBlock; place: string }[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!isPortable(block)) continue;
    if (isSaid(block)) said.push(block);
    else others.push({ block, place: `${field}[${index}].type` });
  }
  return { said, others };
}

function isSaid(block: PortableBlock): block is Extract<PortableBlock, ContentBlock> {
  return block.type === "text" || block.type === "image" || block.type === "document" || block.type === "search_result";
}

function toolMessage(block: ToolResultBlock): ChatMessage {
  const { tool_use_id, content, is_error, cache_control } = block;
  return {
    role: "tool",
    tool_call_id: tool_use_id,
    content:
      content == null || typeof content === "string" ? (content ?? "") : readBlocks(content.map(withoutReference)),
    ...(is_error === true ? { is_error } : {}),
    ...(cache_control == null ? {} : { cache_control }),
  };
}

type ResultBlock = Exclude<NonNullable<ToolResultBlock["content"]>, string>[number];

/** A tool that a search for tools has found is told by its name. */
function withoutReference(block: ResultBlock): ContentBlock {
  return block.type === "tool_reference" ? { type: "text", text: block.tool_name } : block;
}

function assistantTurn(blocks: Blocks, field: string): AssistantMessage {
  const { said, others } = sorted(blocks, field);
  const details: ReasoningDetail[] = [];
  const calls: ToolCall[] = [];
  for (const { block, place } of others) {
    switch (block.type) {
      case "thinking":
        details.push(...thinkingDetail(block.thinking, block.signature ?? "", details.length));
        break;
      case "redacted_thinking": {
        const { data } = block;
        const native = { type: "reasoning.encrypted", data, format: NATIVE_FORMAT, index: details.length };
        details.push(openDetail(data) ?? native);
        break;
      }
      case "tool_use":
        calls.push({
          id: block.id,
          type: "function",
          function: { name: block.name, arguments: JSON.stringify(block.input ?? {}) },
          ...(block.cache_control == null ? {} : { cache_control: block.cache_control }),
        });
        break;
      case "tool_result":
        throw invalidField(place, '"tool_result" belongs into a turn of the user');
    }
  }
  return {
    role: "assistant",
    content: said.length === 0 && calls.length > 0 ? null : said.length === 0 ? "" : readBlocks(said),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function thinkingDetail(text: string, signature: string, index: number): ReasoningDetail[] {
  const sealed = openDetail(signature);
  if (sealed !== undefined) {
    // Without a text, the text is in the seal: the caller wanted it left out of the answer.
    if (text === "") return [sealed];
    return [sealed.type === "reasoning.summary" ? { ...sealed, summary: text } : { ...sealed, text }];
  }
  if (signature !== "") return [{ type: "reasoning.text", text, signature, format: NATIVE_FORMAT, index }];
  return text === "" ? [] : [{ type: "reasoning.text", text, index }];
}
