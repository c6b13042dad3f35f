import {
  documentKindOf,
  documentTypeOfName,
  type FoundKind,
  findDocumentKind,
  PDF,
} from "@/lib/plugins/file-parser/document-kind";
import { fileSourceOf, type MediaSource } from "@/lib/providers/media";
import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

/** Where a file stands in a request, and what it seems to be. */
export type FilePlace = {
  part: Extract<ContentPart, { type: "file" }>;
  /** For refusals. */
  field: string;
  source: MediaSource;
  /** What it is said to be; `undefined`: nothing is said. */
  mediaType: string | undefined;
  name: string;
  kind: FoundKind | "image" | "stored";
};

/** Enough of the beginning to know a file by: office documents name their parts late. */
const SAMPLE_CHARS = 96 * 1024;

/**
 * The files of a request; none for nearly all. Looks at their beginnings only.
 *
 * @throws AppError `invalid_request` for a part that holds no file
 */
export function filePlacesOf({ messages }: ChatRequest): readonly FilePlace[] {
  let found: FilePlace[] | undefined;
  for (const [message, { content }] of messages.entries()) {
    if (typeof content !== "object" || content === null) continue;
    for (const [at, part] of content.entries()) {
      if (part.type !== "file") continue;
      found ??= [];
      found.push(placeOf(part, message, at));
    }
  }
  return found ?? NONE;
}

const NONE: readonly FilePlace[] = [];

function placeOf(part: FilePlace["part"], message: number, at: number): FilePlace {
  const field = `messages[${message}].content[${at}]`;
  const source = fileSourceOf(part, field);
  const { filename } = part.file;
  const name = filename || (source.kind === "url" ? nameOf(source.url) : undefined);
  const mediaType = saidOf(part, source, name);
  return { part, field, source, mediaType, name: name ?? "document", kind: kindOf(source, mediaType) };
}

function kindOf(source: MediaSource, mediaType: string | undefined): FilePlace["kind"] {
  const isImage = mediaType?.startsWith("image/") === true;
  switch (source.kind) {
    case "stored":
      return "stored";
    case "url":
      // What is there shows when it is fetched. Without a name that says more it is a PDF, nearly always.
      return isImage ? "image" : ((mediaType === undefined ? undefined : documentKindOf(mediaType)) ?? "pdf");
    case "inline":
      return isImage
        ? "image"
        : findDocumentKind(Buffer.from(source.base64.slice(0, SAMPLE_CHARS), "base64"), mediaType);
  }
}

/** Bare base64 says nothing of itself, but its name may; a general type says nothing either. */
function saidOf(part: FilePlace["part"], source: MediaSource, name: string | undefined): string | undefined {
  const byName = name === undefined ? undefined : documentTypeOfName(name);
  const isDataUrl = part.file.file_data?.startsWith("data:") === true;
  if (source.kind !== "inline") return byName;
  if (!isDataUrl) return byName ?? (name === undefined ? PDF : undefined);
  return source.mediaType === "application/octet-stream" ? byName : source.mediaType.toLowerCase();
}

/** The name that an address ends in. */
function nameOf(url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  return path.slice(path.lastIndexOf("/") + 1) || undefined;
}
