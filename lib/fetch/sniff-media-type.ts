/** Bytes at the beginning that tell a format, from `offset` on. */
type Signature = { mediaType: string; offset?: number; starts: string };

// As text, one character a byte. Sources: mimesniff.spec.whatwg.org and the formats' own documents, as known in 2026-11.
const SIGNATURES: readonly Signature[] = [
  { mediaType: "image/png", starts: "\x89PNG\r\n\x1a\n" },
  { mediaType: "image/jpeg", starts: "\xff\xd8\xff" },
  { mediaType: "image/gif", starts: "GIF87a" },
  { mediaType: "image/gif", starts: "GIF89a" },
  { mediaType: "image/webp", offset: 8, starts: "WEBPVP" },
  { mediaType: "application/pdf", starts: "%PDF-" },
  { mediaType: "video/quicktime", offset: 4, starts: "ftypqt" },
  { mediaType: "audio/mp4", offset: 4, starts: "ftypM4A" },
  { mediaType: "video/mp4", offset: 4, starts: "ftyp" },
  { mediaType: "video/quicktime", offset: 4, starts: "moov" },
  { mediaType: "video/webm", starts: "\x1aE\xdf\xa3" },
  { mediaType: "video/mpeg", starts: "\0\0\x01\xba" },
  { mediaType: "video/mpeg", starts: "\0\0\x01\xb3" },
  { mediaType: "audio/wav", offset: 8, starts: "WAVE" },
  { mediaType: "audio/ogg", starts: "OggS" },
  { mediaType: "audio/flac", starts: "fLaC" },
  { mediaType: "audio/mp3", starts: "ID3" },
];

const OFFICE_FOLDERS: Readonly<Record<string, string>> = {
  "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** Enough of the beginning to tell text from the rest. */
const TEXT_SAMPLE_BYTES = 4_096;
/** Within so many bytes an office document names a folder that tells which kind it is. */
const ARCHIVE_SAMPLE_BYTES = 64 * 1_024;

/** The media type by the content alone; `undefined` when it is none that we know. Text is `text/plain`, whatever it says. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const signature = SIGNATURES.find(({ offset = 0, starts }) => startsWith(bytes, starts, offset));
  if (signature !== undefined) return signature.mediaType;
  if (startsWith(bytes, "PK\x03\x04", 0)) return officeTypeOf(bytes);
  return isText(bytes.subarray(0, TEXT_SAMPLE_BYTES)) ? "text/plain" : undefined;
}

function startsWith(bytes: Uint8Array, starts: string, offset: number): boolean {
  for (let at = 0; at < starts.length; at++) {
    if (bytes[offset + at] !== starts.charCodeAt(at)) return false;
  }
  return true;
}

function officeTypeOf(bytes: Uint8Array): string | undefined {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, ARCHIVE_SAMPLE_BYTES)).toString(
    "latin1",
  );
  return Object.entries(OFFICE_FOLDERS).find(([folder]) => names.includes(folder))?.[1];
}

function isText(sample: Uint8Array): boolean {
  if (sample.length === 0) return false;
  // A character may be cut off at the end of the sample.
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
  } catch {
    return false;
  }
  return !sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}
