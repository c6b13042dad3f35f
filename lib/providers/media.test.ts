import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { fileSourceOf, mediaSourceOf, mediaTypeOfName } from "./media";

describe("mediaSourceOf", () => {
  test("takes a data URL apart", () => {
    expect(mediaSourceOf("data:image/webp;base64,UklGRg==", "f")).toEqual({
      kind: "inline",
      mediaType: "image/webp",
      base64: "UklGRg==",
    });
    expect(mediaSourceOf("data:text/plain;charset=utf-8;base64,aGk=", "f")).toMatchObject({ mediaType: "text/plain" });
  });

  test.each(["data:image/svg+xml,<svg/>", "data:image/png"])("refuses %s, naming the field", (url) => {
    expect(() => mediaSourceOf(url, "messages[0].content[1]")).toThrow(AppError);
    expect(() => mediaSourceOf(url, "messages[0].content[1]")).toThrow(/^messages\[0\]\.content\[1\]/);
  });
});

test.each([
  {
    file: { file_data: "JVBERi0xLjQK", filename: "notes.txt" },
    source: { kind: "inline", mediaType: "application/pdf" },
  },
  { file: { file_data: "aGVsbG8=", filename: "notes.txt" }, source: { kind: "inline", mediaType: "text/plain" } },
  { file: { file_data: "aGVsbG8=" }, source: { kind: "inline", mediaType: "application/pdf" } },
  { file: { file_data: "https://x.test/a.pdf" }, source: { kind: "url", url: "https://x.test/a.pdf" } },
  { file: { file_id: "file-1" }, source: { kind: "stored", fileId: "file-1" } },
])("the file $file is found", ({ file, source }) => {
  expect(fileSourceOf({ type: "file", file }, "f")).toMatchObject(source);
});

test("a file without anything in it is refused", () => {
  expect(() => fileSourceOf({ type: "file", file: { filename: "a.pdf" } }, "f")).toThrow(AppError);
});

test.each([
  ["https://x.test/a/photo.JPG?size=2", "image/jpeg"],
  ["report.pdf", "application/pdf"],
  ["https://x.test/clip", undefined],
])("the name %s has the type %s", (name, type) => {
  expect(mediaTypeOfName(name)).toBe(type);
});
