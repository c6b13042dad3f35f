import { checkArchive } from "./check-archive.mjs";
import { htmlToText } from "./html-to-text.mjs";

// Runs in the worker, where nothing is compiled: plain JavaScript.

/** What a document may unfold to before its words are taken out of it. */
const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/**
 * @typedef {{ kind: "pdf" | "pdf-pages" | "docx" | "html", bytes: Uint8Array, maxPages: number, maxChars: number }} Task
 * @typedef {{ texts: string[], pages: number }} Read
 * @typedef {{ refused: "encrypted" | "corrupt" | "empty" | "no-text" | "too-many-pages" | "too-large", found?: number }} Refused
 */

/**
 * Reads the words of a document, a text for each page of a PDF; of `pdf-pages` only how many there are.
 *
 * @param {Task} task
 * @returns {Promise<Read | Refused>}
 */
export async function readDocument(task) {
  switch (task.kind) {
    case "pdf":
    case "pdf-pages":
      return readPdf(task);
    case "docx":
      return readDocx(task);
    case "html":
      return wholeText(htmlToText(new TextDecoder().decode(task.bytes)), task);
  }
}

/**
 * Loads what reads documents of a kind.
 *
 * @param {Task["kind"]} kind
 */
export async function loadReader(kind) {
  if (kind === "docx") await import("mammoth");
  else if (kind !== "html") await (await import("unpdf")).getResolvedPDFJS();
}

async function readPdf({ kind, bytes, maxPages, maxChars }) {
  const { getDocumentProxy } = await import("unpdf");
  let document;
  try {
    // Neither fonts nor pictures are wanted, and nothing is fetched from anywhere.
    document = await getDocumentProxy(bytes, {
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      maxImageSize: 1,
    });
  } catch (error) {
    return { refused: error?.name === "PasswordException" ? "encrypted" : "corrupt" };
  }
  const pages = document.numPages;
  if (pages === 0) return { refused: "empty" };
  if (pages > maxPages) return { refused: "too-many-pages", found: pages };
  if (kind === "pdf-pages") return { texts: [], pages };
  const texts = [];
  let chars = 0;
  try {
    for (let number = 1; number <= pages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
      page.cleanup();
      chars += text.length;
      if (chars > maxChars) return { refused: "too-large" };
      texts.push(text.trim());
    }
  } catch {
    return { refused: "corrupt" };
  }
  return texts.every((text) => text === "") ? { refused: "no-text" } : { texts, pages };
}

async function readDocx(task) {
  const buffer = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
  const checked = checkArchive(buffer, MAX_UNPACKED_BYTES);
  if (checked !== "fits") return { refused: checked };
  const { default: mammoth } = await import("mammoth");
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
    );
    return wholeText(htmlToText(value), task);
  } catch {
    return { refused: "corrupt" };
  }
}

function wholeText(text, { maxChars }) {
  if (text === "") return { refused: "no-text" };
  return text.length > maxChars ? { refused: "too-large" } : { texts: [text], pages: 1 };
}
