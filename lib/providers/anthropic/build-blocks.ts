import { invalidField } from "@/lib/errors";
import type { ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../content";
import { isRecord, type JsonRecord, textOf } from "../json";
import { fileSourceOf, type MediaSource, mediaSourceOf } from "../media";

/** `{cache_control}` for a block, or nothing. Only the two fields that the protocol knows. */
export function cacheMarkOf(holder: { [name: string]: unknown }): JsonRecord {
  const mark = holder.cache_control;
  if (!isRecord(mark)) return {};
  return { cache_control: typeof mark.ttl === "string" ? { type: "ephemeral", ttl: mark.ttl } : { type: "ephemeral" } };
}

/** Text blocks of the content. Blank ones are left out, for the API refuses them. */
export function buildTextBlocks(content: MessageContent | null | undefined): readonly JsonRecord[] {
  return partsOf(content).flatMap((part) => (part.type === "text" ? textBlock(part) : []));
}

/**
 * The content as blocks.
 * @throws AppError `invalid_request` naming the part that this protocol has no block for
 */
export function buildBlocks(content: MessageContent, field: string): readonly JsonRecord[] {
  return partsOf(content).flatMap((part, index) => buildBlock(part, `${field}[${index}]`));
}

function textBlock(part: Extract<ContentPart, { type: "text" }>): readonly JsonRecord[] {
  return part.text.trim() === "" ? [] : [{ type: "text", text: part.text, ...cacheMarkOf(part) }];
}

function buildBlock(part: ContentPart, field: string): readonly JsonRecord[] {
  switch (part.type) {
    case "text":
      return textBlock(part);
    case "image_url":
      return [imageBlock(mediaSourceOf(part.image_url.url, field), part)];
    case "file":
      return [fileBlock(part, field)];
    case "input_audio":
      throw invalidField(field, "this provider takes no audio");
    case "video_url":
    case "input_video":
      throw invalidField(field, "this provider takes no video");
  }
}

function imageBlock(source: MediaSource, part: ContentPart): JsonRecord {
  return { type: "image", source: wireSource(source), ...cacheMarkOf(part) };
}

function fileBlock(part: Extract<ContentPart, { type: "file" }>, field: string): JsonRecord {
  const source = fileSourceOf(part, field);
  if (source.kind === "inline") {
    if (source.mediaType.startsWith("image/")) return imageBlock(source, part);
    if (source.mediaType !== "application/pdf" && !source.mediaType.startsWith("text/")) {
      throw invalidField(field, "this provider takes PDF, plain text and images");
    }
  }
  const title = textOf(part.file.filename);
  return {
    type: "document",
    source: wireSource(source),
    ...(title === undefined ? {} : { title }),
    ...cacheMarkOf(part),
  };
}

function wireSource(source: MediaSource): JsonRecord {
  switch (source.kind) {
    case "url":
      return { type: "url", url: source.url };
    case "stored":
      return { type: "file", file_id: source.fileId };
    case "inline":
      if (source.mediaType.startsWith("text/")) {
        return { type: "text", media_type: "text/plain", data: decodeText(source.base64) };
      }
      return { type: "base64", media_type: source.mediaType, data: source.base64 };
  }
}

function decodeText(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
