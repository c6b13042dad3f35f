import { expect, test } from "vitest";
import { measureImage } from "@/lib/sandbox/measure-image";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");

test.each([
  [
    "PNG",
    "89504e470d0a1a0a 0000000d 49484452 00000140 000000f0 08",
    { mediaType: "image/png", widthPx: 320, heightPx: 240 },
  ],
  ["GIF", "474946383961 4001 f000 80 00 00 00 00 00 00 00", { mediaType: "image/gif", widthPx: 320, heightPx: 240 }],
  [
    "JPEG, behind another segment",
    "ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 00f0 0140 03 000000",
    { mediaType: "image/jpeg", widthPx: 320, heightPx: 240 },
  ],
  [
    "WebP, lossy",
    "52494646 00000000 57454250 56503820 00000000 000000 9d012a 4001 f000 0000",
    { mediaType: "image/webp", widthPx: 320, heightPx: 240 },
  ],
  [
    "WebP, extended",
    "52494646 00000000 57454250 56503858 0a000000 00000000 3f0100 ef0000",
    { mediaType: "image/webp", widthPx: 320, heightPx: 240 },
  ],
  [
    "WebP, lossless",
    "52494646 00000000 57454250 5650384c 00000000 2f 3fc13b00 0000000000",
    { mediaType: "image/webp", widthPx: 320, heightPx: 240 },
  ],
  ["PDF", "255044462d312e370a25e2e3cfd30a312030206f", null],
  ["nothing", "", null],
])("%s", (_name, bytes, measured) => {
  expect(measureImage(hex(bytes))).toEqual(measured);
});
