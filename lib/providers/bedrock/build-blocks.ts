import { invalidField } from "@/lib/errors";
import type { ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../content";
import { isRecord, type JsonRecord } from "../json";
import { fileSourceOf, type MediaSource, mediaSourceOf } from "../media";

// Formats by media type. Source: types of npm @aws-sdk/client-bedrock-runtime, ImageFormat, DocumentFormat, VideoFormat
// and AudioFormat, read 2026-11-21.
const IMAGE_FORMATS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};
const DOCUMENT_FORMATS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "text/plain": "txt",
  "text/markdown": "md",
  "text/csv": "csv",
  "text/html": "html",
  "application/msword": "doc",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.ms-excel": "xls",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};
const VIDEO_FORMATS: Readonly<Record<string, string>> = {
  "video/mp4": "mp4",
  "video/mpeg": "mpeg",
  "video/mov": "mov",
  "video/quicktime": "mov",
  "video/webm": "webm",
};
const AUDIO_FORMATS: Readonly<Record<string, string>> = {
  wav: "wav",
  mp3: "mp3",
  aac: "aac",
  ogg: "ogg",
  flac: "flac",
  m4a: "m4a",
  pcm16: "pcm",
};

/** A mark after which the prompt is kept for later requests, or nothing. */
export function cachePointsOf(holder: { [name: string]: unknown }): readonly JsonRecord[] {
  const mark = holder.cache_control;
  if (!isRecord(mark)) return [];
  const ttl = mark.ttl === "5m" || mark.ttl === "1h" ? { ttl: mark.ttl } : {};
  return [{ cachePoint: { type: "default", ...ttl } }];
}

/** Text blocks of the content, each with its mark. Blank ones are left out, for the API refuses them. */
export function buildTextBlocks(content: MessageContent | null | undefined): readonly JsonRecord[] {
  return partsOf(content).flatMap((part) => (part.type === "text" ? textBlocks(part) : []));
}

/**
 * The content as blocks.
 * @throws AppError `invalid_request` naming the part that this protocol has no block for
 */
export function buildBlocks(content: MessageContent, field: string): readonly JsonRecord[] {
  const blocks = partsOf(content).flatMap((part, index) => buildBlock(part, `${field}[${index}]`));
  // A document without a word about it is refused. Source: API reference, DocumentBlock, as known in 2026-11.
  const needsText = blocks.some(({ document }) => document !== undefined) && !blocks.some(({ text }) => text);
  return needsText ? [...blocks, PLACEHOLDER] : blocks;
}

/** Stands where the API insists on words and the caller has none. Any would do; this asks for nothing. */
export const PLACEHOLDER: JsonRecord = { text: "." };

function textBlocks(part: Extract<ContentPart, { type: "text" }>): readonly JsonRecord[] {
  return part.text.trim() === "" ? [] : [{ text: part.text }, ...cachePointsOf(part)];
}

function buildBlock(part: ContentPart, field: string): readonly JsonRecord[] {
  switch (part.type) {
    case "text":
      return textBlocks(part);
    case "image_url":
      return [mediaBlock(mediaSourceOf(part.image_url.url, field), undefined, field), ...cachePointsOf(part)];
    case "file":
      return [mediaBlock(fileSourceOf(part, field), part.file.filename ?? undefined, field), ...cachePointsOf(part)];
    case "input_audio": {
      const format = AUDIO_FORMATS[part.input_audio.format];
      if (format === undefined) throw invalidField(field, `this provider takes no ${part.input_audio.format}`);
      return [{ audio: { format, source: { bytes: part.input_audio.data } } }];
    }
    case "video_url":
    case "input_video":
      return [mediaBlock(mediaSourceOf(part.video_url.url, field), undefined, field)];
  }
}

function mediaBlock(source: MediaSource, name: string | undefined, field: string): JsonRecord {
  if (source.kind === "stored") throw invalidField(field, "file_id of another provider cannot be used here");
  // What is still an address is not one that we fetch for the caller: only Amazon's own store is read from here.
  if (source.kind === "url") {
    if (!source.url.startsWith("s3://")) throw invalidField(field, "this provider takes only bytes");
    return { video: { format: source.url.split(".").at(-1) ?? "mp4", source: { s3Location: { uri: source.url } } } };
  }
  const { mediaType, base64: bytes } = source;
  const image = IMAGE_FORMATS[mediaType];
  if (image !== undefined) return { image: { format: image, source: { bytes } } };
  const video = VIDEO_FORMATS[mediaType];
  if (video !== undefined) return { video: { format: video, source: { bytes } } };
  const document = DOCUMENT_FORMATS[mediaType];
  if (document === undefined) throw invalidField(field, `this provider takes no ${mediaType}`);
  return { document: { format: document, name: documentName(name, field), source: { bytes } } };
}

/**
 * A name that the API takes: letters, digits, single spaces, hyphens, brackets. No two documents of a request may share
 * one, so the place in the request is part of it.
 */
function documentName(name: string | undefined, field: string): string {
  const words = (name ?? "document").replace(/\.[a-z0-9]+$/i, "");
  const place = field.replace(/\D+/g, " ").trim().replaceAll(" ", "-");
  return `${words} ${place}`
    .replace(/[^A-Za-z0-9 \-()[\]]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .slice(-200);
}
