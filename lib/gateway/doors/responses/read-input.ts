import type { AssistantMessage, ChatMessage, ReasoningDetail, ToolCall } from "@/lib/schemas/chat-request";
import {
  isPortable,
  type PortableItem,
  type ReasoningItem,
  type ResponsesRequest,
} from "@/lib/schemas/responses-request";
import { openDetail } from "../sealed-detail";
import { customArguments } from "./custom-tools";
import { readContent } from "./read-content";

/**
 * The items of a conversation as messages in our form. What the assistant did in a row (reasoning, text, calls) is one
 * message.
 *
 * @throws AppError `invalid_request` naming a part that cannot be sent
 */
export function readInput({ instructions, input }: ResponsesRequest): ChatMessage[] {
  const system: ChatMessage[] = instructions ? [{ role: "system", content: instructions }] : [];
  if (typeof input === "string") return [...system, { role: "user", content: input }];
  const messages = system;
  let turn: AssistantTurn | undefined;
  const assistant = (next: (turn: AssistantTurn) => boolean): AssistantTurn => {
    if (turn === undefined || !next(turn)) {
      turn = new AssistantTurn();
      messages.push(turn.message);
    }
    return turn;
  };
  for (const [index, item] of input.entries()) if (isPortable(item)) readItem(item, `input[${index}]`);
  return messages;

  function readItem(item: PortableItem, field: string): void {
    switch (item.type) {
      case "message": {
        const { role, content } = item;
        if (role === "assistant") assistant((open) => !open.hasText).say(item, field);
        else push({ role, content: readContent(content ?? "", `${field}.content`) });
        return;
      }
      case "reasoning":
        assistant((open) => !open.hasText || open.hasCalls).think(item);
        return;
      case "function_call":
        assistant(() => true).call(item.call_id, item.name, item.arguments);
        return;
      case "custom_tool_call":
        assistant(() => true).call(item.call_id, item.name, customArguments(item.input));
        return;
      case "image_generation_call":
        if (item.result != null) assistant(() => true).draw(item.result);
        return;
      case "function_call_output":
      case "custom_tool_call_output":
        push({ role: "tool", tool_call_id: item.call_id, content: readContent(item.output, `${field}.output`) });
        return;
    }
  }

  function push(message: ChatMessage): void {
    turn = undefined;
    messages.push(message);
  }
}

/** One message of the assistant's, which grows item by item. */
class AssistantTurn {
  readonly message: AssistantMessage = { role: "assistant", content: null };

  get hasText(): boolean {
    return this.message.content !== null || this.message.refusal !== undefined;
  }

  get hasCalls(): boolean {
    return this.message.tool_calls !== undefined;
  }

  say({ content }: Extract<PortableItem, { type: "message" }>, field: string): void {
    const said = readContent(content ?? "", `${field}.content`);
    const refusals =
      typeof content === "string"
        ? []
        : (content ?? []).flatMap((part) => (part.type === "refusal" ? part.refusal : []));
    if (refusals.length > 0) this.message.refusal = refusals.join("");
    if (refusals.length === 0 || said.length > 0) this.message.content = said;
  }

  think(item: ReasoningItem): void {
    const details = this.message.reasoning_details ?? [];
    this.message.reasoning_details = [...details, ...detailsOf(item, details.length)];
  }

  call(id: string, name: string, text: string): void {
    const call: ToolCall = { id, type: "function", function: { name, arguments: text } };
    this.message.tool_calls = [...(this.message.tool_calls ?? []), call];
  }

  draw(result: string): void {
    const url = /^(data:|https?:)/.test(result) ? result : `data:image/png;base64,${result}`;
    const images = Array.isArray(this.message.images) ? this.message.images : [];
    this.message.images = [...images, { type: "image_url", image_url: { url } }];
  }
}

function detailsOf(item: ReasoningItem, index: number): ReasoningDetail[] {
  const { id, summary, content, encrypted_content: encrypted, signature, format } = item;
  const sealed = encrypted == null ? undefined : openDetail(encrypted);
  if (sealed !== undefined) return [sealed];

  const common = { ...(format == null ? {} : { format }), index };
  const joined = (parts: ReasoningItem["content"]) => (parts ?? []).map(({ text }) => text).join("");
  const [text, short] = [joined(content), joined(summary)];
  const details: ReasoningDetail[] = [];
  if (text !== "" || signature)
    details.push({ type: "reasoning.text", text, ...(signature ? { signature } : {}), ...common });
  if (short !== "")
    details.push({ type: "reasoning.summary", summary: short, ...(id == null ? {} : { id }), ...common });
  if (encrypted)
    details.push({ type: "reasoning.encrypted", data: encrypted, ...(id == null ? {} : { id }), ...common });
  return details;
}
