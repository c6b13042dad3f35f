import { measureImage } from "@/lib/sandbox/measure-image";
import type { Attachment } from "@/lib/sandbox/question";
import { hashOf } from "@/lib/sandbox/seeded-random";

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=."-]+)*?(;base64)?,/;
const EXTENSIONS: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  mov: "video/quicktime",
  webm: "video/webm",
  mp3: "audio/mpeg",
  wav: "audio/wav",
};

/** Describes content that arrived in the request itself as base64. The bytes decide an image's type and pixels. */
export function describeBase64(
  kind: Attachment["kind"],
  mediaType: string,
  base64: string,
  name: string | null,
): Attachment {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  const measured = kind === "image" ? measureImage(Buffer.from(base64.slice(0, 400_000), "base64")) : null;
  return {
    kind,
    mediaType: measured?.mediaType ?? mediaType,
    sizeBytes: Math.max(0, Math.floor((base64.length * 3) / 4) - padding),
    size: measured === null ? null : { widthPx: measured.widthPx, heightPx: measured.heightPx },
    name,
    // Both ends and the length tell pictures apart without reading megabytes for each request.
    fingerprint: `${base64.length}-${hashOf(base64.slice(0, 4096) + base64.slice(-4096)).toString(16)}`,
  };
}

/** Describes content that arrived as a data URL or as an address; addresses are not fetched. */
export function describeUrl(kind: Attachment["kind"], url: string, name: string | null): Attachment {
  const data = DATA_URL.exec(url.slice(0, 200));
  if (data !== null) return describeBase64(kind, data[1] ?? "text/plain", url.slice(data[0].length), name);
  const extension = /\.(\w{2,5})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? "";
  return {
    kind,
    mediaType: EXTENSIONS[extension] ?? `${kind === "file" ? "application" : kind}/*`,
    sizeBytes: null,
    size: null,
    name: name ?? (url.split(/[?#]/)[0]?.split("/").at(-1) || null),
    fingerprint: url,
  };
}

/**
 * Prompt tokens of an attachment, near what providers charge: an image by its pixels, sound and video by their size at
 * usual bit rates, a document by its bytes.
 */
export function tokensOfAttachment(attachment: Attachment): number {
  const { kind, size, sizeBytes } = attachment;
  if (kind === "image") {
    return size === null ? 258 : clamp(Math.ceil((size.widthPx * size.heightPx) / 750), 85, 1600);
  }
  if (sizeBytes === null) return kind === "file" ? 1500 : 960;
  const bytesPerToken = { audio: 500, video: 1500, file: 60 }[kind];
  return clamp(Math.ceil(sizeBytes / bytesPerToken), 16, 200_000);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
