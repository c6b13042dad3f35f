import { invalidField } from "@/lib/errors";
import type { AssistantMessage, ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { assistantTextOf, partsOf } from "../content";
import type { JsonRecord } from "../json";
import { fileSourceOf } from "../media";

/**
 * The messages as the API takes them.
 * @param dropped collects the names of what had to be taken out
 * @throws AppError `invalid_request` naming the part that cannot be sent
 */
export function buildMessages(messages: readonly ChatMessage[], dropped: Set<string>): JsonRecord[] {
  return messages.flatMap((message, index) => buildMessage(message, `messages[${index}].content`, dropped));
}

function buildMessage(message: ChatMessage, field: string, dropped: Set<string>): readonly JsonRecord[] {
  switch (message.role) {
    case "system":
    case "developer":
      return [{ role: "system", content: textContent(message.content, field) }];
    case "user":
      return [{ role: "user", content: userContent(message.content, field) }];
    case "assistant":
      return assistantMessage(message, field, dropped);
    case "tool":
      return [{ role: "tool", tool_call_id: message.tool_call_id, content: textContent(message.content, field) }];
  }
}

function assistantMessage(message: AssistantMessage, field: string, dropped: Set<string>): JsonRecord[] {
  // Nothing that this API gives is signed, so what is signed came from another one and is lost here.
  const details = message.reasoning_details ?? [];
  if (details.some(({ data, signature }) => data || signature)) dropped.add("reasoning_details");
  const text = message.content == null ? assistantTextOf(message) : textContent(message.content, field);
  const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => ({
    id,
    type: "function",
    function: { name, arguments: input.trim() === "" ? "{}" : input },
  }));
  if (calls.length > 0) {
    // What a model says before it calls is its plan here.
    return [{ role: "assistant", tool_calls: calls, ...(text === "" ? {} : { tool_plan: text }) }];
  }
  const thinking = message.reasoning ?? message.reasoning_content ?? "";
  if (thinking === "") return text === "" ? [] : [{ role: "assistant", content: text }];
  const said = text === "" ? [] : [{ type: "text", text }];
  return [{ role: "assistant", content: [{ type: "thinking", thinking }, ...said] }];
}

function userContent(content: MessageContent, field: string): string | JsonRecord[] {
  if (typeof content === "string") return content;
  return content.flatMap((part, index) => userPart(part, `${field}[${index}]`));
}

function userPart(part: ContentPart, field: string): JsonRecord[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "image_url": {
      const { url, detail } = part.image_url;
      const known = detail === "auto" || detail === "low" || detail === "high";
      return [{ type: "image_url", image_url: known ? { url, detail } : { url } }];
    }
    case "file":
      return [{ type: "text", text: fileText(part, field) }];
    case "input_audio":
      throw invalidField(field, "this provider takes no audio");
    case "video_url":
    case "input_video":
      throw invalidField(field, "this provider takes no video");
  }
}

/** Files have no part of their own; those that are text can be said as such. */
function fileText(part: Extract<ContentPart, { type: "file" }>, field: string): string {
  const source = fileSourceOf(part, field);
  if (source.kind !== "inline" || !source.mediaType.startsWith("text/")) {
    throw invalidField(field, "this provider takes plain text and images");
  }
  return Buffer.from(source.base64, "base64").toString("utf8");
}

function textContent(content: MessageContent, field: string): string {
  if (partsOf(content).some((part) => part.type !== "text"))
    throw invalidField(field, "this provider takes only text here");
  return partsOf(content)
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n");
}
