import { invalidField } from "@/lib/errors";
import type { ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import type { InputContent, InputPart } from "@/lib/schemas/responses-request";

/**
 * Content as it is in our form. A refusal, which only an assistant's message holds, is left out.
 *
 * @throws AppError `invalid_request` naming a part that holds nothing that can be sent
 */
export function readContent(content: InputContent, field: string): MessageContent {
  if (typeof content === "string") return content;
  const parts = content.flatMap((part, index) => partOf(part, `${field}[${index}]`));
  const [first] = parts;
  // One plain text says no more than a string does, and every provider takes a string.
  const isPlain = parts.length === 1 && first?.type === "text" && first.cache_control === undefined;
  return isPlain ? first.text : parts;
}

function partOf(part: InputPart, field: string): ContentPart[] {
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
    case "summary_text":
    case "reasoning_text":
      return [
        { type: "text", text: part.text, ...(part.cache_control == null ? {} : { cache_control: part.cache_control }) },
      ];
    case "refusal":
      return [];
    case "input_image": {
      const { image_url: url, detail } = part;
      if (url == null) throw invalidField(`${field}.image_url`, "is required: files are not kept here");
      return [{ type: "image_url", image_url: { url, ...(detail == null ? {} : { detail }) } }];
    }
    case "input_file": {
      const data = part.file_data ?? part.file_url;
      if (data == null && part.file_id == null) throw invalidField(field, "must hold file_data or file_url");
      return [
        {
          type: "file",
          file: {
            ...(part.filename == null ? {} : { filename: part.filename }),
            ...(data == null ? { file_id: part.file_id } : { file_data: data }),
          },
        },
      ];
    }
    case "input_audio":
      return [{ type: "input_audio", input_audio: part.input_audio }];
    case "input_video":
      return [{ type: "video_url", video_url: { url: part.video_url } }];
  }
}
