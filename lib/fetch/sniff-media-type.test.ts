import { expect, test } from "vitest";
import { sniffMediaType } from "./sniff-media-type";

const bytes = (text: string) => Buffer.from(text, "latin1");

test.each([
  { name: "PNG", content: "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", type: "image/png" },
  { name: "JPEG", content: "\xff\xd8\xff\xe0\0\x10JFIF", type: "image/jpeg" },
  { name: "GIF", content: "GIF89a\x01\0", type: "image/gif" },
  { name: "WebP", content: "RIFF\x24\0\0\0WEBPVP8 ", type: "image/webp" },
  { name: "PDF", content: "%PDF-1.7\n", type: "application/pdf" },
  { name: "MP4", content: "\0\0\0\x20ftypisom", type: "video/mp4" },
  { name: "MOV", content: "\0\0\0\x14ftypqt  ", type: "video/quicktime" },
  { name: "WebM", content: "\x1aE\xdf\xa3\x9f", type: "video/webm" },
  { name: "MPEG", content: "\0\0\x01\xba\x44", type: "video/mpeg" },
  { name: "WAV", content: "RIFF\x24\0\0\0WAVEfmt ", type: "audio/wav" },
  {
    name: "DOCX",
    content: "PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml\0\0PK\x03\x04word/document.xml",
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  },
  { name: "an archive of something", content: "PK\x03\x04\x14\0\0\0a.txt", type: undefined },
  { name: "text", content: "name,price\nlever,12\n", type: "text/plain" },
  { name: "a page that calls itself a picture", content: "<html><body>Not found</body></html>", type: "text/plain" },
  { name: "bytes of no format", content: "\0\x01\x02\x03\xfe", type: undefined },
  { name: "nothing", content: "", type: undefined },
])("$name", ({ content, type }) => {
  expect(sniffMediaType(bytes(content))).toBe(type);
});

test("text may hold any character, cut anywhere", () => {
  const long = Buffer.from("ü🚂".repeat(2_000));
  for (const cut of [4_095, 4_096, 4_097, 4_098]) expect(sniffMediaType(long.subarray(0, cut))).toBe("text/plain");
});
