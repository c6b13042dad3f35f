import { expect, test } from "vitest";
import { type Handling, handlingOf } from "./handling";
import type { PdfEngine } from "./parser-settings";

const READS = { takesFiles: true, seesImages: true };
const PLAIN = { takesFiles: false, seesImages: false };
const SEES = { takesFiles: false, seesImages: true };

test.each<[string, Parameters<typeof handlingOf>[0], PdfEngine | undefined, typeof READS, boolean, Handling]>([
  ["a PDF goes to who reads files", "pdf", undefined, READS, true, "native"],
  ["a PDF is read by OCR where there is a key for it", "pdf", undefined, PLAIN, true, "ocr-or-text"],
  ["a PDF is read here where there is none", "pdf", undefined, PLAIN, false, "text"],
  ["pdf-text is done here even for who reads files", "pdf", "pdf-text", READS, true, "text"],
  ["mistral-ocr is asked even for who reads files", "pdf", "mistral-ocr", READS, false, "ocr"],
  ["native goes to the provider", "pdf", "native", PLAIN, true, "native"],
  ["words are given as text, whatever the engine", "text", "native", READS, true, "text"],
  ["Word documents are given as text", "docx", undefined, READS, false, "text"],
  ["pages are given as text", "html", "mistral-ocr", READS, true, "text"],
  ["a picture goes as one to who sees", "image", undefined, SEES, false, "image"],
  ["a picture goes as a file to who reads files", "image", undefined, READS, false, "native"],
  ["what nobody knows goes to who reads files", "unknown", undefined, READS, false, "native"],
  ["what nobody knows goes to nobody else", "unknown", undefined, SEES, false, "unreadable"],
  ["an empty file goes to nobody", "empty", undefined, READS, false, "unreadable"],
  ["what lies with the provider stays there", "stored", "pdf-text", PLAIN, true, "native"],
])("%s", (_name, kind, engine, able, hasOcr, handling) => {
  expect(handlingOf(kind, { engine, isOff: false }, able, hasOcr)).toBe(handling);
});

test("switched off, everything goes as it is", () => {
  for (const kind of ["pdf", "docx", "text", "html", "unknown", "empty"] as const)
    expect(handlingOf(kind, { engine: "pdf-text", isOff: true }, PLAIN, true)).toBe("native");
});
