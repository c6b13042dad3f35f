import { expect, test } from "vitest";
import { makeDocx, makePdf, makeZip } from "@/lib/testing/make-documents";
import { DOCX, documentTypeOfName, findDocumentKind, PDF } from "./document-kind";

const PNG = Buffer.from("iVBORw0KGgo=", "base64");

test.each<[string, Buffer, string | undefined, string]>([
  ["a PDF", makePdf(["x"]), PDF, "pdf"],
  ["a PDF that is called text", makePdf(["x"]), "text/plain", "pdf"],
  ["a PDF after a line of something else", Buffer.concat([Buffer.from("\0\x01line\n"), makePdf(["x"])]), PDF, "pdf"],
  ["words that are called a PDF", Buffer.from("hello"), PDF, "not-a-pdf"],
  ["bytes that are called a PDF", Buffer.from([0, 1, 2, 255]), PDF, "not-a-pdf"],
  ["a Word document", makeDocx(["x"]), undefined, "docx"],
  ["a Word document that is called a PDF", makeDocx(["x"]), PDF, "docx"],
  ["a page by what it says", Buffer.from("<p>x"), "text/html", "html"],
  ["a page by its beginning", Buffer.from("\n<!DOCTYPE html><p>x"), undefined, "html"],
  ["a page by its beginning, called text", Buffer.from("<html><p>x"), "text/plain", "html"],
  ["words", Buffer.from("a,b\n1,2"), "text/csv", "text"],
  ["words of which nothing is said", Buffer.from("a,b\n1,2"), undefined, "text"],
  ["words in an old encoding", Buffer.from("caf\xe9", "latin1"), "text/plain", "text"],
  ["nothing", Buffer.alloc(0), PDF, "empty"],
  ["a picture", PNG, PDF, "unknown"],
  ["an archive", makeZip({ a: "x" }), DOCX, "unknown"],
  ["bytes of which nothing is said", Buffer.from([0, 1, 2, 255]), undefined, "unknown"],
])("%s", (_name, bytes, said, kind) => {
  expect(findDocumentKind(bytes, said)).toBe(kind);
});

test.each([
  ["plan.PDF", PDF],
  ["https://example.com/a/plan.pdf?x=1#p2", PDF],
  ["notes.md", "text/markdown"],
  ["report.docx", DOCX],
  ["all.zip", undefined],
  ["README", undefined],
])("the type that %s ends in", (name, type) => {
  expect(documentTypeOfName(name)).toBe(type);
});
