import { type ContentPart, cacheControlSchema } from "@/lib/schemas/chat-request";
import type { FileAnnotation, ParsedPart } from "@/lib/schemas/file-annotation";

/** What was read of a file. */
export type ParsedFile = {
  /** SHA-256 of its bytes, or of its address where only somebody else saw the bytes; hexadecimal. */
  hash: string;
  parts: readonly ParsedPart[];
};

/**
 * A file as parts of a message: its words between marks that name it, and its pictures where the model sees them.
 *
 * @param place the part that it stands for; a cache mark on it goes on to the end of its text
 */
export function renderFile(
  { parts }: Pick<ParsedFile, "parts">,
  name: string,
  place: { seesImages: boolean; cacheControl?: unknown },
): readonly ContentPart[] {
  const shown = parts.filter(({ type }) => type === "text" || place.seesImages);
  const rendered: ContentPart[] = [];
  let text = `<file name=${JSON.stringify(name)}>\n`;
  for (const part of shown) {
    if (part.type === "text") {
      text += `${part.text}\n`;
      continue;
    }
    rendered.push({ type: "text", text }, { type: "image_url", image_url: { url: part.image_url.url } });
    text = "";
  }
  const cacheControl = cacheControlSchema.safeParse(place.cacheControl).data;
  const mark = cacheControl == null ? {} : { cache_control: cacheControl };
  return [...rendered, { type: "text", text: `${text}</file>`, ...mark }];
}

/** The same for the answer, so that the client can send it back instead of having the file read again. */
export function annotationOf({ hash, parts }: ParsedFile, name: string): FileAnnotation {
  return { type: "file", file: { hash, name, content: [...parts] } };
}
