import { sniffMediaType } from "@/lib/fetch/sniff-media-type";

/** What we make text of. */
export type DocumentKind = "pdf" | "docx" | "html" | "text";

export const PDF = "application/pdf";
export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const KIND_BY_TYPE: Readonly<Record<string, DocumentKind>> = {
  [PDF]: "pdf",
  [DOCX]: "docx",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "application/json": "text",
  "application/xml": "text",
  "application/x-yaml": "text",
};

const TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  pdf: PDF,
  docx: DOCX,
  html: "text/html",
  htm: "text/html",
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
  txt: "text/plain",
  json: "application/json",
  xml: "application/xml",
  yaml: "application/x-yaml",
  yml: "application/x-yaml",
};

/** The media type that a name or an address ends in; `undefined`: none that is read here. */
export function documentTypeOfName(name: string): string | undefined {
  const extension = /\.([a-z]+)$/i.exec(name.split(/[?#]/, 1)[0] ?? "")?.[1];
  return extension === undefined ? undefined : TYPE_BY_EXTENSION[extension.toLowerCase()];
}

/** The kind of a media type; `undefined`: none that is read here. */
export function documentKindOf(mediaType: string): DocumentKind | undefined {
  return KIND_BY_TYPE[mediaType] ?? (mediaType.startsWith("text/") ? "text" : undefined);
}

/** Readers look for a PDF's mark within so many bytes, whatever comes before it. */
const PDF_MARK_BYTES = 1_024;

export type FoundKind = DocumentKind | "not-a-pdf" | "empty" | "unknown";

/**
 * What a file is. Its bytes decide; what it is said to be only where they could be several things.
 *
 * @param said the media type that came with it or that its name ends in, if there was one
 */
export function findDocumentKind(bytes: Uint8Array, said: string | undefined): FoundKind {
  if (bytes.length === 0) return "empty";
  const found = sniffMediaType(bytes);
  const kind = said === undefined ? undefined : documentKindOf(said);
  if (found === PDF) return "pdf";
  if (found === DOCX) return "docx";
  if (found !== undefined && found !== "text/plain") return "unknown";
  if (kind === "pdf") return hasPdfMark(bytes) ? "pdf" : "not-a-pdf";
  if (found === "text/plain") return kind === "html" || looksLikePage(bytes) ? "html" : "text";
  // Text in an older encoding than UTF-8 looks like nothing.
  return kind === "text" || kind === "html" ? kind : "unknown";
}

function hasPdfMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, PDF_MARK_BYTES)).includes("%PDF-");
}

function looksLikePage(bytes: Uint8Array): boolean {
  return /^\s*<(?:!doctype html|html)\b/i.test(Buffer.from(bytes.subarray(0, 512)).toString("latin1"));
}
