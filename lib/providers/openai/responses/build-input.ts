import { invalidField } from "@/lib/errors";
import type { AssistantMessage, ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../../content";
import type { JsonRecord } from "../../json";
import { dataUrl, fileSourceOf } from "../../media";

/**
 * The messages as items of the responses protocol. Reasoning of earlier answers is left out: its items mean something
 * only to who made them, in the protocol in which they were made.
 *
 * @throws AppError `invalid_request` naming the part that cannot be sent
 */
export function buildInput(messages: readonly ChatMessage[], instructionRole: "developer" | "system"): JsonRecord[] {
  return messages.flatMap((message, index) => itemsOf(message, `messages[${index}].content`, instructionRole));
}

function itemsOf(message: ChatMessage, field: string, instructionRole: "developer" | "system"): JsonRecord[] {
  switch (message.role) {
    case "system":
    case "developer":
      return [{ role: instructionRole, content: inputContent(message.content, field) }];
    case "user":
      return [{ role: "user", content: inputContent(message.content, field) }];
    case "assistant":
      return assistantItems(message);
    case "tool":
      return [
        { type: "function_call_output", call_id: message.tool_call_id, output: inputContent(message.content, field) },
      ];
  }
}

function assistantItems({ content, refusal, tool_calls: calls }: AssistantMessage): JsonRecord[] {
  const text = partsOf(content ?? "").flatMap((part) => (part.type === "text" && part.text !== "" ? [part.text] : []));
  const parts = [
    ...text.map((piece) => ({ type: "output_text", text: piece })),
    ...(refusal ? [{ type: "refusal", refusal }] : []),
  ];
  return [
    ...(parts.length === 0 ? [] : [{ role: "assistant", content: parts }]),
    ...(calls ?? []).map(({ id, function: { name, arguments: given } }) => ({
      type: "function_call",
      call_id: id,
      name,
      arguments: given,
    })),
  ];
}

function inputContent(content: MessageContent, field: string): string | readonly JsonRecord[] {
  if (typeof content === "string") return content;
  return partsOf(content).map((part, index) => inputPart(part, `${field}[${index}]`));
}

function inputPart(part: ContentPart, field: string): JsonRecord {
  switch (part.type) {
    case "text":
      return { type: "input_text", text: part.text };
    case "image_url": {
      const { url, detail } = part.image_url;
      return { type: "input_image", image_url: url, ...(detail == null ? {} : { detail }) };
    }
    case "file":
      return filePart(part, field);
    case "input_audio":
    case "video_url":
    case "input_video":
      throw invalidField(`${field}.type`, "sound and videos cannot be sent where the provider searches the web itself");
  }
}

function filePart(part: Extract<ContentPart, { type: "file" }>, field: string): JsonRecord {
  const source = fileSourceOf(part, field);
  switch (source.kind) {
    case "inline":
      return {
        type: "input_file",
        filename: part.file.filename ?? "file.pdf",
        file_data: dataUrl(source.mediaType, source.base64),
      };
    case "url":
      return { type: "input_file", file_url: source.url };
    case "stored":
      return { type: "input_file", file_id: source.fileId };
  }
}
