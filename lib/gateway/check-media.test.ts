import { describe, expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { checkMedia } from "./check-media";

const base64 = (content: string) => Buffer.from(content, "latin1").toString("base64");
const PNG = base64("\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
const JPEG = base64("\xff\xd8\xff\xe0\0\x10JFIF");
const PDF = base64("%PDF-1.7\n");
const check = (part: unknown) =>
  checkMedia(chatRequestSchema.parse({ messages: [{ role: "user", content: [{ type: "text", text: "a" }, part] }] }));
const image = (mediaType: string, data: string) => ({
  type: "image_url",
  image_url: { url: `data:${mediaType};base64,${data}` },
});
const file = (data: string) => ({ type: "file", file: { file_data: data } });

describe("media that are what they say", () => {
  test.each([
    ["a PNG", image("image/png", PNG)],
    ["a JPEG by its other name", image("image/jpg", JPEG)],
    ["bytes that nobody knows", image("image/png", base64("\0\x01\x02\x03"))],
    ["a PDF", file(`data:application/pdf;base64,${PDF}`)],
    ["JSON, which is text", file(`data:application/json;base64,${base64('{"a":1}')}`)],
    ["letters, which may be the beginning of anything", image("image/png", base64("hello"))],
    ["a PDF of which nothing is said", file(`data:application/octet-stream;base64,${PDF}`)],
    ["bare base64", file(PDF)],
    ["an address", { type: "image_url", image_url: { url: "https://example.org/a.png" } }],
    [
      "sound in a container of films",
      { type: "input_audio", input_audio: { data: base64("\0\0\0\x20ftypisom"), format: "m4a" } },
    ],
  ])("%s", (_name, part) => expect(() => check(part)).not.toThrow());
});

describe("media that are something else are refused with the part", () => {
  test.each([
    ["a JPEG as a PNG", image("image/png", JPEG), "image/png, and is image/jpeg"],
    ["a PDF as a picture", image("image/webp", PDF), "is application/pdf"],
    ["a picture as a PDF", file(`data:application/pdf;base64,${PNG}`), "is image/png"],
    ["a PDF as sound", { type: "input_audio", input_audio: { data: PDF, format: "wav" } }, "is application/pdf"],
  ])("%s", (_name, part, message) => {
    expect(() => check(part)).toThrow(
      expect.objectContaining({ status: 400, metadata: { field: "messages[0].content[1]" } }),
    );
    expect(() => check(part)).toThrow(message);
  });
});
