import { describe, expect, test } from "vitest";
import { imageUrlSchema, inputAudioSchema, isBase64, videoUrlSchema } from "./media-url";

describe("the addresses of pictures and films", () => {
  test.each([
    "https://example.org/a.png",
    "http://127.0.0.1:8080/a",
    "data:image/png;base64,AA==",
    "data:image/jpeg;charset=binary;base64,/9j/4AAQ",
    "DATA:IMAGE/GIF;BASE64,R0lG",
    "data:image/webp;base64,UklG\r\nRg==",
  ])("%s is taken", (url) => {
    expect(imageUrlSchema.safeParse(url).success).toBe(true);
  });

  test.each([
    { url: "picture.png", problem: /http/ },
    { url: "ftp://example.org/a.png", problem: /http/ },
    { url: "file:///etc/passwd", problem: /http/ },
    { url: "https://", problem: /http/ },
    { url: "data:image/png,AA==", problem: /base64 encoded/ },
    { url: "data:image/png;base64", problem: /base64 encoded/ },
    { url: "data:image/tiff;base64,AA==", problem: /image\/png/ },
    { url: "data:video/mp4;base64,AA==", problem: /image\/png/ },
    { url: "data:image/png;base64,", problem: /valid base64/ },
    { url: "data:image/png;base64,@@@@", problem: /valid base64/ },
    { url: "data:image/png;base64,AAAAA", problem: /valid base64/ },
  ])("$url is refused", ({ url, problem }) => {
    expect(imageUrlSchema.safeParse(url).error?.issues[0]?.message).toMatch(problem);
  });

  test("a film is no picture", () => {
    expect(videoUrlSchema.safeParse("data:video/mp4;base64,AA==").success).toBe(true);
    expect(videoUrlSchema.safeParse("data:image/png;base64,AA==").success).toBe(false);
  });
});

test.each([
  { audio: { data: "UklGRg==", format: "wav" }, taken: true },
  { audio: { data: "https://example.org/a.wav", format: "wav" }, taken: false },
  { audio: { data: "UklGRg==", format: "midi" }, taken: false },
])("sound comes as base64 in a known format: $audio", ({ audio, taken }) => {
  expect(inputAudioSchema.safeParse(audio).success).toBe(taken);
});

test.each([
  { text: "AA", valid: true },
  { text: "AAA=", valid: true },
  { text: "A", valid: false },
  { text: "AA===", valid: false },
  { text: "A=A=", valid: false },
  { text: "=", valid: false },
])("$text is base64: $valid", ({ text, valid }) => {
  expect(isBase64(text)).toBe(valid);
});

test("a picture of many megabytes is checked", () => {
  expect(isBase64("A".repeat(32 * 1024 * 1024))).toBe(true);
});
