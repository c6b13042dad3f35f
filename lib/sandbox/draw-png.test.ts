import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { drawPng } from "@/lib/sandbox/draw-png";
import { measureImage } from "@/lib/sandbox/measure-image";

/** Takes a PNG apart; throws when a length or a checksum is wrong. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  expect(png.subarray(0, 8)).toEqual(Buffer.from("89504e470d0a1a0a", "hex"));
  const chunks = new Map<string, Buffer>();
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const body = png.subarray(offset + 4, offset + 8 + length);
    expect(png.readUInt32BE(offset + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    offset += length + 12;
  }
  return chunks;
}

test.each(["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"])(
  "%s is a whole PNG of that shape",
  (ratio) => {
    const png = drawPng("a red fox", ratio);
    const chunks = chunksOf(png);
    expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    const { widthPx = 0, heightPx = 0 } = measureImage(png) ?? {};
    const [across = 1, down = 1] = ratio.split(":").map(Number);
    expect(widthPx / heightPx).toBeCloseTo(across / down, 1);
    const pixels = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
    expect(pixels.length).toBe((widthPx + 1) * heightPx);
    const colours = new Set(pixels);
    expect(Math.max(...colours)).toBeLessThan((chunks.get("PLTE")?.length ?? 0) / 3);
    expect(colours.size).toBeGreaterThan(4);
  },
);

test("equal prompts give equal pictures, others other ones, and none is large", () => {
  const fox = drawPng("a red fox", "1:1");
  expect(drawPng("a red fox", "1:1")).toEqual(fox);
  expect(drawPng("a blue fox", "1:1")).not.toEqual(fox);
  expect(fox.length).toBeLessThan(100_000);
});
