import { invalidField } from "@/lib/errors";
import type { ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../content";
import { isRecord, type JsonRecord, parseJson } from "../json";
import { fileSourceOf, type MediaSource, mediaSourceOf, mediaTypeOfName } from "../media";

/** Audio formats of the OpenAI protocol and their media types. */
const AUDIO_MEDIA_TYPES: Readonly<Record<string, string>> = {
  wav: "audio/wav",
  mp3: "audio/mp3",
  aiff: "audio/aiff",
  aac: "audio/aac",
  ogg: "audio/ogg",
  flac: "audio/flac",
  m4a: "audio/mp4",
  // Raw samples at the rate the OpenAI protocol fixes for them.
  pcm16: "audio/l16;rate=24000",
  pcm24: "audio/l24;rate=24000",
};

/**
 * The content as parts, text left out when it is empty.
 * @throws AppError `invalid_request` naming the part that cannot be sent
 */
export function buildParts(content: MessageContent | null | undefined, field: string): readonly JsonRecord[] {
  return partsOf(content).flatMap((part, index) => buildPart(part, `${field}[${index}]`));
}

function buildPart(part: ContentPart, field: string): readonly JsonRecord[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [{ text: part.text }];
    case "image_url":
      return [mediaPart(mediaSourceOf(part.image_url.url, field), "image/jpeg", field)];
    case "file":
      return [
        mediaPart(fileSourceOf(part, field), mediaTypeOfName(part.file.filename ?? "") ?? "application/pdf", field),
      ];
    case "input_audio": {
      const { data, format } = part.input_audio;
      const mimeType = AUDIO_MEDIA_TYPES[format.toLowerCase()] ?? `audio/${format.toLowerCase()}`;
      return [{ inlineData: { mimeType, data } }];
    }
    case "video_url":
    case "input_video":
      return [mediaPart(mediaSourceOf(part.video_url.url, field), "video/mp4", field)];
  }
}

/** Bytes go inline; a URL goes as it is and Google fetches it, from YouTube as from anywhere else. */
export function mediaPart(source: MediaSource, usualType: string, field: string): JsonRecord {
  switch (source.kind) {
    case "inline":
      return { inlineData: { mimeType: source.mediaType, data: source.base64 } };
    case "url":
      // A page of YouTube has no media type of its own, and stating one is refused.
      // Source: ai.google.dev/gemini-api/docs/video-understanding, as known in 2026-11.
      return isYouTube(source.url)
        ? { fileData: { fileUri: source.url } }
        : { fileData: { fileUri: source.url, mimeType: mediaTypeOfName(source.url) ?? usualType } };
    case "stored":
      // Google's own file store names files by URL.
      if (/^https?:\/\//.test(source.fileId)) return { fileData: { fileUri: source.fileId, mimeType: usualType } };
      throw invalidField(field, "file_id of another provider cannot be used here");
  }
}

/** Whether the address is a page of YouTube, which Google reads as the video on it. */
export function isYouTube(url: string): boolean {
  return /^https?:\/\/(www\.|m\.)?(youtube\.com|youtu\.be)\//i.test(url);
}

/** A function's result as the object that the API wants: the JSON object it is, or its text under a name. */
export function functionResult(text: string): JsonRecord {
  const json = parseJson(text);
  return isRecord(json) ? json : { result: text };
}
