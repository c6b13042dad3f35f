import { describe, expect, test } from "vitest";
import { makeDocx, makePdf, makeZip } from "@/lib/testing/make-documents";
import { readDocument } from "./read-document.mjs";

type Kind = "pdf" | "pdf-pages" | "docx" | "html";
const read = (kind: Kind, bytes: Buffer, limits: { maxPages?: number; maxChars?: number } = {}) =>
  readDocument({ kind, bytes: new Uint8Array(bytes), maxPages: 10, maxChars: 10_000, ...limits });

describe("a PDF", () => {
  test.each([false, true])("is read page by page (packed: %s)", async (packed) => {
    expect(await read("pdf", makePdf(["First page\nsecond line", "Second (page)"], { packed }))).toEqual({
      texts: ["First page\nsecond line", "Second (page)"],
      pages: 2,
    });
  });

  test.each<[string, Buffer, unknown]>([
    ["encrypted", makePdf(["secret"], { encrypted: true }), { refused: "encrypted" }],
    ["corrupt", Buffer.from("%PDF-1.4\nrubbish"), { refused: "corrupt" }],
    ["cut off", makePdf(["text"]).subarray(0, 250), { refused: "corrupt" }],
    ["without pages", makePdf([]), { refused: "empty" }],
    ["without words", makePdf(["", ""]), { refused: "no-text" }],
    ["too long", makePdf(Array.from({ length: 11 }, () => "page")), { refused: "too-many-pages", found: 11 }],
  ])("that is %s is refused by that name", async (_name, bytes, refused) => {
    expect(await read("pdf", bytes)).toEqual(refused);
  });

  test("with more words than are taken is refused", async () => {
    expect(await read("pdf", makePdf(["one word", "two words"]), { maxChars: 10 })).toEqual({ refused: "too-large" });
  });

  test("is counted without being read", async () => {
    expect(await read("pdf-pages", makePdf(["", "x", ""]))).toEqual({ texts: [], pages: 3 });
  });
});

describe("a Word document", () => {
  test("gives headings, paragraphs and cells", async () => {
    expect(await read("docx", makeDocx(["One &amp; only", "Two"]))).toEqual({
      texts: ["# Heading\n\nOne & only\n\nTwo\n\nleft cell | right cell |"],
      pages: 1,
    });
  });

  test("that unfolds to more than it says is not unpacked", async () => {
    expect(await read("docx", makeZip({ "word/document.xml": " ".repeat(5_000_000) }, 100))).toEqual({
      refused: "corrupt",
    });
  });

  test("that unfolds to more than is taken is refused", async () => {
    expect(await read("docx", makeZip({ "word/document.xml": "x" }, 129 * 1024 * 1024))).toEqual({
      refused: "too-large",
    });
  });

  test.each([Buffer.from("PK\x03\x04 rubbish"), makeZip({ "word/other.xml": "<a/>" })])(
    "that is none is corrupt",
    async (bytes) => {
      expect(await read("docx", bytes)).toEqual({ refused: "corrupt" });
    },
  );
});

test("a page without words has none", async () => {
  expect(await read("html", Buffer.from("<html><script>x</script></html>"))).toEqual({ refused: "no-text" });
});
