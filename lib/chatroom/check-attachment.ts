import type { AttachmentKind } from "@/lib/schemas/chatroom";

const MB = 1_048_576;

/** The most that is sent of one file; the server takes 100 MB a request, and base64 makes a third more of it. */
export const MAX_BYTES = {
  image: 20 * MB,
  pdf: 40 * MB,
  audio: 25 * MB,
  text: 2 * MB,
} as const satisfies Record<AttachmentKind, number>;

/** Of all files of one question. */
export const MAX_TOTAL_BYTES = 60 * MB;

/** Of one question: a folder that is dropped by mistake has thousands. */
export const MAX_FILES = 20;

/** So much of the beginning tells what a file is. */
export const SAMPLE_BYTES = 4_096;

export type AttachmentCheck =
  | { kind: AttachmentKind; mediaType: string }
  /** In words for the person: why it cannot be sent, and what could be. */
  | { refused: string };

type Signature = { kind: AttachmentKind; mediaType: string; offset?: number; starts: string };

// As text, one character a byte. Source: mimesniff.spec.whatwg.org, as known in 2026-11.
const SIGNATURES: readonly Signature[] = [
  { kind: "image", mediaType: "image/png", starts: "\x89PNG\r\n\x1a\n" },
  { kind: "image", mediaType: "image/jpeg", starts: "\xff\xd8\xff" },
  { kind: "image", mediaType: "image/gif", starts: "GIF8" },
  { kind: "image", mediaType: "image/webp", offset: 8, starts: "WEBP" },
  { kind: "pdf", mediaType: "application/pdf", starts: "%PDF-" },
  { kind: "audio", mediaType: "audio/wav", offset: 8, starts: "WAVE" },
  { kind: "audio", mediaType: "audio/ogg", starts: "OggS" },
  { kind: "audio", mediaType: "audio/flac", starts: "fLaC" },
  { kind: "audio", mediaType: "audio/mp3", starts: "ID3" },
  { kind: "audio", mediaType: "audio/mp3", starts: "\xff\xfb" },
  { kind: "audio", mediaType: "audio/mp3", starts: "\xff\xf3" },
  { kind: "audio", mediaType: "audio/mp4", offset: 4, starts: "ftypM4A" },
];

const KNOWN_BUT_REFUSED: readonly { starts: string; offset?: number; what: string }[] = [
  { starts: "ftyp", offset: 4, what: "Videos can be sent through the API only." },
  { starts: "\x1aE\xdf\xa3", what: "Videos can be sent through the API only." },
  { starts: "RIFF", what: "Videos can be sent through the API only." },
  { starts: "PK\x03\x04", what: "Archives and office documents cannot be read; save it as PDF or text." },
];

const NOUNS = { image: "Images", pdf: "PDFs", audio: "Recordings", text: "Text files" } as const;

/**
 * Whether a file can be sent, by its content alone: names and what a browser says of a type are often wrong.
 *
 * @param sample its first {@link SAMPLE_BYTES}
 */
export function checkAttachment(bytes: number, sample: Uint8Array): AttachmentCheck {
  if (bytes === 0) return { refused: "The file is empty." };
  const found = SIGNATURES.find(({ starts, offset = 0 }) => startsWith(sample, starts, offset)) ?? textOf(sample);
  if (found === undefined) {
    const known = KNOWN_BUT_REFUSED.find(({ starts, offset = 0 }) => startsWith(sample, starts, offset));
    return { refused: known?.what ?? "Only images, PDFs, recordings and text can be sent." };
  }
  const limit = MAX_BYTES[found.kind];
  if (bytes > limit) {
    return {
      refused: `${NOUNS[found.kind]} may have ${limit / MB} MB at most; this one has ${(bytes / MB).toFixed(1)}.`,
    };
  }
  return { kind: found.kind, mediaType: found.mediaType };
}

/** Why one more file does not fit beside those that a question has; `undefined` when it does. */
export function checkRoom(kept: readonly { bytes: number }[], bytes: number): string | undefined {
  if (kept.length >= MAX_FILES) return `A question may have ${MAX_FILES} files at most.`;
  const total = kept.reduce((sum, file) => sum + file.bytes, bytes);
  if (total <= MAX_TOTAL_BYTES) return undefined;
  return `All files together may have ${MAX_TOTAL_BYTES / MB} MB at most; with this one they have ${(total / MB).toFixed(1)}.`;
}

function textOf(sample: Uint8Array): Pick<Signature, "kind" | "mediaType"> | undefined {
  // A character may be cut off at the end of the sample.
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
  } catch {
    return undefined;
  }
  const isBinary = sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  return isBinary ? undefined : { kind: "text", mediaType: "text/plain" };
}

function startsWith(bytes: Uint8Array, starts: string, offset: number): boolean {
  for (let at = 0; at < starts.length; at++) {
    if (bytes[offset + at] !== starts.charCodeAt(at)) return false;
  }
  return true;
}

/**
 * How many pages a PDF has, as its page objects tell; `undefined` where they are packed away. Good enough for a label.
 */
export function countPdfPages(bytes: Uint8Array): number | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  const counted = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)/g)].map(([, count]) => Number(count));
  const pages = Math.max(0, ...counted) || (text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0);
  return pages === 0 ? undefined : pages;
}
