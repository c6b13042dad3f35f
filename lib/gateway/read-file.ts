import { createHash, webcrypto } from "node:crypto";
import { env } from "@/lib/env";
import { AppError, invalidField } from "@/lib/errors";
import { FetchFailure, fetchPublic } from "@/lib/fetch/fetch-public";
import { type DocumentKind, findDocumentKind } from "@/lib/plugins/file-parser/document-kind";
import type { DocumentRefusal } from "@/lib/plugins/file-parser/document-reading";
import { explainRefusal } from "@/lib/plugins/file-parser/explain-refusal";
import { findParsed, keepParsed } from "@/lib/plugins/file-parser/parsed-cache";
import type { ParsedFile } from "@/lib/plugins/file-parser/parsed-file";
import { countPages, readBytes } from "@/lib/plugins/file-parser/read-bytes";
import { dataUrl } from "@/lib/providers/media";
import { ocrAccess, readByOcr } from "@/lib/providers/read-by-ocr";
import type { FileAnnotation } from "@/lib/schemas/file-annotation";
import type { FilePlace } from "./file-places";

const BYTES_PER_MB = 1_048_576;

/** For whom files are read, and what is known of them already. */
export type FileReader = {
  accountId: string;
  signal: AbortSignal;
  /** By hash: what earlier answers told, and the client sent back. */
  recalled: ReadonlyMap<string, FileAnnotation>;
};

export type FileRead = {
  parsed: ParsedFile;
  /** The client has it already. */
  isRecalled: boolean;
  /** Pages that were read by OCR just now. */
  ocrPages: number;
};

/** What is in a file, where its bytes can be had. */
type OpenedFile = { bytes: Uint8Array; kind: DocumentKind; hash: string };

/**
 * Takes the words out of a file here.
 *
 * @throws AppError `invalid_request` that names the file's place and says what is wrong with it
 */
export async function readFileHere(place: FilePlace, reader: FileReader): Promise<FileRead> {
  const { bytes, kind, hash } = await openFile(place, reader.signal);
  const known = findKnown(hash, "text", reader);
  if (known !== undefined) return known;
  const limits = readingLimits(reader);
  const read = await readBytes(kind, bytes, limits);
  if ("refused" in read) throw refusal(place, read.refused, read.found);
  return kept({ hash, parts: read.parts }, "text", reader, 0);
}

/**
 * Has a file read by OCR. An address is handed over as it is; of other files the pages are counted here first, so that
 * nothing is paid for one that cannot be read.
 *
 * @throws AppError `invalid_request` as {@link readFileHere}; `provider_failed` when it is not the file's fault
 */
export async function readFileByOcr(place: FilePlace, reader: FileReader): Promise<FileRead> {
  if (ocrAccess() === "none") {
    throw invalidField(place.field, 'the engine "mistral-ocr" needs a key of Mistral, which this installation has not');
  }
  const isAddress = place.source.kind === "url";
  const opened = isAddress ? undefined : await openFile(place, reader.signal);
  if (opened !== undefined && opened.kind !== "pdf") return readFileHere(place, reader);
  const address = place.source.kind === "url" ? place.source.url : dataUrlOf(place);
  const hash = opened?.hash ?? createHash("sha256").update(address).digest("hex");
  const known = findKnown(hash, "ocr", reader);
  if (known !== undefined) return known;
  if (opened !== undefined) await countFilePages(place, opened.bytes, reader);
  const read = await readByOcr(address, reader.signal);
  switch (read.kind) {
    case "read":
      return kept({ hash, parts: read.parts }, "ocr", reader, read.pages);
    case "refused":
      throw invalidField(place.field, `cannot be read by mistral-ocr: ${read.problem}`);
    case "failed":
      throw new AppError("provider_failed", `${place.field}: mistral-ocr cannot read it now: ${read.problem}`, {
        metadata: { field: place.field },
      });
  }
}

/** How many pages OCR would have to read; 0 where nothing is to be paid any more, `undefined` where nobody knows. */
export async function ocrPagesOf(place: FilePlace, reader: FileReader): Promise<number | undefined> {
  if (place.source.kind !== "inline") return undefined;
  const { bytes, hash, kind } = await openFile(place, reader.signal);
  if (kind !== "pdf" || findKnown(hash, "ocr", reader) !== undefined) return 0;
  return countFilePages(place, bytes, reader);
}

async function countFilePages(place: FilePlace, bytes: Uint8Array, reader: FileReader): Promise<number> {
  const counted = await countPages(bytes, readingLimits(reader));
  if ("refused" in counted) throw refusal(place, counted.refused, counted.found);
  return counted.pages;
}

function findKnown(hash: string, engine: "text" | "ocr", { recalled, accountId }: FileReader): FileRead | undefined {
  const told = recalled.get(hash);
  if (told !== undefined) return { parsed: { hash, parts: told.file.content }, isRecalled: true, ocrPages: 0 };
  const parsed = findParsed({ accountId, engine, hash }, Date.now());
  return parsed === undefined ? undefined : { parsed, isRecalled: false, ocrPages: 0 };
}

function kept(parsed: ParsedFile, engine: "text" | "ocr", { accountId }: FileReader, ocrPages: number): FileRead {
  keepParsed({ accountId, engine, hash: parsed.hash }, parsed, Date.now());
  return { parsed, isRecalled: false, ocrPages };
}

async function openFile(place: FilePlace, signal: AbortSignal): Promise<OpenedFile> {
  const bytes = await bytesOf(place, signal);
  const maxBytes = env().MAX_FILE_MB * BYTES_PER_MB;
  if (bytes.length > maxBytes) {
    throw invalidField(
      place.field,
      `is too large: ${megabytes(bytes.length)} MB, and it may have ${env().MAX_FILE_MB}`,
    );
  }
  const kind = findDocumentKind(bytes, place.mediaType);
  if (kind === "empty") throw refusal(place, "empty", undefined);
  if (kind === "not-a-pdf") throw refusal(place, "corrupt", undefined);
  if (kind === "unknown") throw unreadable(place);
  // In another thread: it takes a tenth of a second for the largest.
  const digest = await webcrypto.subtle.digest("SHA-256", bytes);
  return { bytes, kind, hash: Buffer.from(digest).toString("hex") };
}

/** The refusal of a file of which no words can be made. */
export function unreadable({ field, kind }: FilePlace): AppError {
  if (kind === "empty") return invalidField(field, "is empty");
  if (kind === "not-a-pdf") return invalidField(field, "is corrupt: it cannot be opened as what it says it is");
  return invalidField(field, "must be a PDF, a Word document (.docx), HTML, Markdown, CSV or plain text");
}

async function bytesOf({ source, field }: FilePlace, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  switch (source.kind) {
    case "inline":
      return new Uint8Array(Buffer.from(source.base64, "base64"));
    case "stored":
      throw invalidField(field, "file_id of a provider cannot be read here; send file_data");
    case "url": {
      const { MAX_FILE_MB, FETCH_TIMEOUT_MS } = env();
      const limits = { maxBytes: MAX_FILE_MB * BYTES_PER_MB, timeoutMs: FETCH_TIMEOUT_MS, signal };
      const fetched = await fetchPublic(source.url, limits).catch((error: unknown) => {
        if (error instanceof FetchFailure) throw invalidField(field, error.message);
        throw error;
      });
      return new Uint8Array(fetched);
    }
  }
}

function dataUrlOf({ source }: FilePlace): string {
  if (source.kind !== "inline") throw new Error("only a file inside the request has bytes here");
  return dataUrl("application/pdf", source.base64);
}

function readingLimits({ accountId }: FileReader) {
  const { PDF_MAX_PAGES, FILE_PARSE_TIMEOUT_MS } = env();
  return { accountId, maxPages: PDF_MAX_PAGES, timeoutMs: FILE_PARSE_TIMEOUT_MS };
}

function refusal({ field }: FilePlace, refused: DocumentRefusal, found: number | undefined): AppError {
  const { PDF_MAX_PAGES: maxPages, FILE_PARSE_TIMEOUT_MS: timeoutMs } = env();
  const problem = explainRefusal(refused, { maxPages, timeoutMs, found });
  // The one that is not the file's fault.
  if (refused === "busy") return new AppError("unavailable", `${field}: ${problem}`, { retryAfterSeconds: 5 });
  return invalidField(field, problem);
}

function megabytes(bytes: number): string {
  return (bytes / BYTES_PER_MB).toFixed(1);
}
