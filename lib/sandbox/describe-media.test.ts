import { expect, test } from "vitest";
import { describeBase64, describeUrl, tokensOfAttachment } from "@/lib/sandbox/describe-media";
import { drawPng } from "@/lib/sandbox/draw-png";

const PNG = drawPng("x", "1:1");

test("a data URL is described by its bytes, whatever type it claims", () => {
  expect(describeUrl("image", `data:image/jpeg;base64,${PNG.toString("base64")}`, null)).toMatchObject({
    kind: "image",
    mediaType: "image/png",
    sizeBytes: PNG.length,
    size: { widthPx: 512, heightPx: 512 },
  });
});

test("an address is described by its name and not fetched", () => {
  expect(describeUrl("video", "https://example.com/a/clip.webm?x=1", null)).toMatchObject({
    mediaType: "video/webm",
    sizeBytes: null,
    size: null,
    name: "clip.webm",
  });
});

test("equal content has an equal fingerprint, other content another", () => {
  const one = describeBase64("file", "application/pdf", "QUJD", "a.pdf");
  expect(describeBase64("file", "application/pdf", "QUJD", "b.pdf").fingerprint).toBe(one.fingerprint);
  expect(describeBase64("file", "application/pdf", "QUJE", "a.pdf").fingerprint).not.toBe(one.fingerprint);
  expect(one.sizeBytes).toBe(3);
});

test("larger images cost more tokens, within bounds", () => {
  const image = describeBase64("image", "image/png", PNG.toString("base64"), null);
  const tokens = (widthPx: number) => tokensOfAttachment({ ...image, size: { widthPx, heightPx: widthPx } });
  expect(tokens(8)).toBe(85);
  expect(tokens(512)).toBe(350);
  expect(tokens(8000)).toBe(1600);
  expect(tokensOfAttachment({ ...image, size: null })).toBe(258);
});
