import type { FoundKind } from "./document-kind";
import type { ParserSettings } from "./parser-settings";

/** What becomes of a file for one endpoint. */
export type Handling =
  /** It goes to the provider as it is. */
  | "native"
  /** Its words are taken out here. */
  | "text"
  /** It is read by OCR, because the request says so. */
  | "ocr"
  /** The same, because it is the usual way: where that fails its words are taken out here. */
  | "ocr-or-text"
  /** It goes as a picture. */
  | "image"
  /** Nobody can read it. */
  | "unreadable";

/**
 * Decides how an endpoint gets a file. PDFs go where the engine says, else to the provider if it takes files; all other
 * documents are given as text, which every model takes.
 *
 * @param kind what the file is, as far as it can be told without fetching it; `stored`: in the provider's own store
 * @param hasOcr somebody has a key for OCR
 */
export function handlingOf(
  kind: FoundKind | "image" | "stored",
  { engine, isOff }: Pick<ParserSettings, "engine" | "isOff">,
  { takesFiles, seesImages }: { takesFiles: boolean; seesImages: boolean },
  hasOcr: boolean,
): Handling {
  if (kind === "stored" || isOff) return "native";
  switch (kind) {
    case "docx":
    case "html":
    case "text":
      return "text";
    case "pdf":
      return pdfHandling(engine, takesFiles, hasOcr);
    case "image":
      return seesImages && !takesFiles ? "image" : "native";
    case "unknown":
    case "not-a-pdf":
      return takesFiles ? "native" : "unreadable";
    case "empty":
      return "unreadable";
  }
}

function pdfHandling(engine: ParserSettings["engine"], takesFiles: boolean, hasOcr: boolean): Handling {
  switch (engine) {
    case "native":
      return "native";
    case "pdf-text":
      return "text";
    case "mistral-ocr":
      return "ocr";
    case undefined:
      return takesFiles ? "native" : hasOcr ? "ocr-or-text" : "text";
  }
}
