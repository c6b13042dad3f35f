import { expect, test } from "vitest";
import { checkAttachment, checkRoom, countPdfPages, MAX_BYTES, MAX_FILES, MAX_TOTAL_BYTES } from "./check-attachment";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([
  ["\x89PNG\r\n\x1a\n…", { kind: "image", mediaType: "image/png" }],
  ["\xff\xd8\xff\xe0", { kind: "image", mediaType: "image/jpeg" }],
  ["RIFF\0\0\0\0WEBPVP8", { kind: "image", mediaType: "image/webp" }],
  ["%PDF-1.7", { kind: "pdf", mediaType: "application/pdf" }],
  ["RIFF\0\0\0\0WAVEfmt ", { kind: "audio", mediaType: "audio/wav" }],
  ["ID3\x04", { kind: "audio", mediaType: "audio/mp3" }],
  ["# Title\n\ntext", { kind: "text", mediaType: "text/plain" }],
])("%j is known by its content", (content, expected) => {
  expect(checkAttachment(content.length, bytesOf(content))).toEqual(expected);
});

test.each([
  ["\0\0\0\x18ftypmp42", /API only/],
  ["\x1aE\xdf\xa3webm", /API only/],
  ["PK\x03\x04word/", /PDF or text/],
  ["\x7fELF\0\0\xff", /Only images/],
])("%j is refused with what would do", (content, reason) => {
  expect(checkAttachment(content.length, bytesOf(content))).toEqual({ refused: expect.stringMatching(reason) });
});

test("what is empty or too large is refused", () => {
  expect(checkAttachment(0, new Uint8Array(0))).toEqual({ refused: "The file is empty." });
  expect(checkAttachment(MAX_BYTES.text + 1, bytesOf("text"))).toEqual({
    refused: "Text files may have 2 MB at most; this one has 2.0.",
  });
  expect(checkAttachment(MAX_BYTES.text, bytesOf("text"))).toMatchObject({ kind: "text" });
});

test("a character that is cut off at the end of the sample is no reason to refuse", () => {
  const euro = new TextEncoder().encode("costs 5 €");
  expect(checkAttachment(1_000, euro.subarray(0, -1))).toMatchObject({ kind: "text" });
});

test.each([
  ["/Type /Pages /Kids [] /Count 12 >>", 12],
  ["/Type/Page /A >> /Type /Page >> /Type /Pages", 2],
  ["nothing to be seen", undefined],
])("%j has %s pages", (content, pages) => {
  expect(countPdfPages(bytesOf(content))).toBe(pages);
});

test.each([
  [[], 1, undefined],
  [[MAX_TOTAL_BYTES - 1], 1, undefined],
  [[MAX_TOTAL_BYTES - 1], 2, /60 MB at most/],
  [Array.from({ length: MAX_FILES - 1 }, () => 1), 1, undefined],
  [Array.from({ length: MAX_FILES }, () => 1), 1, /20 files/],
])("beside %j there is room for %d bytes or a reason why not", (sizes, bytes, reason) => {
  const refused = checkRoom(
    sizes.map((size) => ({ bytes: size })),
    bytes,
  );
  if (reason === undefined) expect(refused).toBeUndefined();
  else expect(refused).toMatch(reason);
});
