import { inflateSync } from "node:zlib";

/** No page of text is larger; what unfolds to more is left out. */
const MAX_STREAM_BYTES = 1024 * 1024;
const MAX_PAGES = 1_000;

/**
 * The words on the pages of a simple PDF, as far as they can be seen without reading it properly: one text for each
 * stream that shows some, empty ones for the other pages. The sandbox needs no more to show that a document arrived.
 */
export function pdfWords(bytes: Buffer): readonly string[] {
  const source = bytes.toString("latin1");
  const texts: string[] = [];
  for (const match of source.matchAll(/<<((?:[^<>]|<<[^<>]*>>|<[^<>]*>)*)>>\s*stream\r?\n/g)) {
    const start = match.index + match[0].length;
    const end = source.indexOf("endstream", start);
    if (end === -1) break;
    const text = shownText(streamOf(bytes.subarray(start, end), match[1] ?? ""));
    if (text !== "") texts.push(text);
  }
  const pages = Math.min(MAX_PAGES, [...source.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length);
  return [...texts, ...Array.from({ length: Math.max(0, pages - texts.length) }, () => "")];
}

function streamOf(data: Buffer, dictionary: string): string {
  if (!dictionary.includes("/FlateDecode")) return data.toString("latin1", 0, MAX_STREAM_BYTES);
  try {
    return inflateSync(data, { maxOutputLength: MAX_STREAM_BYTES }).toString("latin1");
  } catch {
    // Not text, or too much of it.
    return "";
  }
}

const SHOWN = /\(((?:\\.|[^\\()])*)\)\s*(?:Tj|'|")|\[((?:\\.|[^\\\][])*)\]\s*TJ|\b(T\*|Td|TD|ET)\b/g;

function shownText(content: string): string {
  let text = "";
  for (const [, one, several, line] of content.matchAll(SHOWN)) {
    if (one !== undefined) text += unescaped(one);
    else if (several !== undefined)
      text += [...several.matchAll(/\(((?:\\.|[^\\()])*)\)/g)].map((piece) => unescaped(piece[1] ?? "")).join("");
    else if (line !== undefined && text !== "" && !text.endsWith("\n")) text += "\n";
  }
  return text.trim();
}

function unescaped(text: string): string {
  return text.replace(/\\(\d{1,3}|.)/g, (_whole, escaped: string) =>
    /^\d/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "", f: "" };
