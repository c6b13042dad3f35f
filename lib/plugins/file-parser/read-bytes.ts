import "server-only";
import type { ParsedPart } from "@/lib/schemas/file-annotation";
import { decodeText } from "./decode-text";
import type { DocumentKind } from "./document-kind";
import type { DocumentRefusal } from "./document-reading";
import { type DocumentTask, type PoolLimits, readInWorker } from "./worker-pool";

/** More words than that fit no model. */
const MAX_CHARS = 20_000_000;

export type ReadingLimits = PoolLimits & { maxPages: number };

export type BytesRead = { parts: readonly ParsedPart[] } | { refused: DocumentRefusal; found?: number | undefined };

/** The words of a document. Never throws; only plain text is read in this thread. */
export async function readBytes(kind: DocumentKind, bytes: Uint8Array, limits: ReadingLimits): Promise<BytesRead> {
  if (kind === "text") {
    const text = decodeText(bytes);
    if (text.length > MAX_CHARS) return { refused: "too-large" };
    return text.trim() === "" ? { refused: "empty" } : { parts: [{ type: "text", text }] };
  }
  const reading = await readInWorker(taskOf(kind, bytes, limits), limits);
  if ("refused" in reading) return reading;
  return { parts: [{ type: "text", text: reading.texts.join("\n\n") }] };
}

/** How many pages a PDF has, found out without reading them. */
export async function countPages(
  bytes: Uint8Array,
  limits: ReadingLimits,
): Promise<{ pages: number } | { refused: DocumentRefusal; found?: number | undefined }> {
  return readInWorker(taskOf("pdf-pages", bytes, limits), limits);
}

/** The worker gets a copy: the bytes are needed again where another engine reads the same file. */
function taskOf(kind: DocumentTask["kind"], bytes: Uint8Array, { maxPages }: ReadingLimits): DocumentTask {
  return { kind, bytes, maxPages, maxChars: MAX_CHARS };
}
