import { invalidField } from "@/lib/errors";
import type { ContentPart } from "@/lib/schemas/chat-request";

/** Where the bytes of a part are: inside the request, somewhere on the web, or in the provider's own file store. */
export type MediaSource =
  | { kind: "inline"; mediaType: string; base64: string }
  | { kind: "url"; url: string }
  | { kind: "stored"; fileId: string };

const DATA_URL = /^data:([^;,]+)?((?:;[^;,]+)*),/;

// The first bytes of a PDF, "%PDF-", in base64.
const PDF_BASE64_START = "JVBERi0";

const MEDIA_TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  mpg: "video/mpeg",
  mov: "video/quicktime",
  webm: "video/webm",
  mp3: "audio/mp3",
  wav: "audio/wav",
};

/** The media type that a file name or URL ends in, if it is one we know. */
export function mediaTypeOfName(name: string): string | undefined {
  const path = name.split(/[?#]/, 1)[0] ?? "";
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : MEDIA_TYPE_BY_EXTENSION[extension];
}

/**
 * Reads a URL or data URL.
 * @throws AppError `invalid_request` naming `field` when it is a data URL without base64.
 */
export function mediaSourceOf(url: string, field: string): MediaSource {
  if (!url.startsWith("data:")) return { kind: "url", url };
  const header = DATA_URL.exec(url);
  if (header === null || header[2]?.endsWith(";base64") !== true) throw invalidField(field, "must be base64 encoded");
  return { kind: "inline", mediaType: header[1] ?? "application/octet-stream", base64: url.slice(header[0].length) };
}

/**
 * Reads a file part: a URL, a data URL, bare base64 (a PDF unless its name says otherwise) or a stored file's id.
 * @throws AppError `invalid_request` naming `field` when the part holds none of them.
 */
export function fileSourceOf(part: Extract<ContentPart, { type: "file" }>, field: string): MediaSource {
  const { file_data: data, file_id: fileId, filename } = part.file;
  if (data) {
    if (/^(data:|https?:\/\/)/i.test(data)) return mediaSourceOf(data, field);
    const named = data.startsWith(PDF_BASE64_START) ? undefined : mediaTypeOfName(filename ?? "");
    return { kind: "inline", mediaType: named ?? "application/pdf", base64: data };
  }
  if (fileId) return { kind: "stored", fileId };
  throw invalidField(field, "must hold file_data or file_id");
}

/** The bytes as a data URL. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}
