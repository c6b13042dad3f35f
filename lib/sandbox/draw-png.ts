import { crc32, deflateSync } from "node:zlib";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";

/** Pixels by aspect ratio, about a quarter of a megapixel each: enough to look at, quick to make. */
const SIZES: Readonly<Record<string, { widthPx: number; heightPx: number }>> = {
  "1:1": { widthPx: 512, heightPx: 512 },
  "2:3": { widthPx: 416, heightPx: 624 },
  "3:2": { widthPx: 624, heightPx: 416 },
  "3:4": { widthPx: 432, heightPx: 576 },
  "4:3": { widthPx: 576, heightPx: 432 },
  "4:5": { widthPx: 448, heightPx: 560 },
  "5:4": { widthPx: 560, heightPx: 448 },
  "9:16": { widthPx: 378, heightPx: 672 },
  "16:9": { widthPx: 672, heightPx: 378 },
  "21:9": { widthPx: 784, heightPx: 336 },
};

/** Whether the sandbox can draw in this aspect ratio. */
export function isAspectRatio(text: string): boolean {
  return Object.hasOwn(SIZES, text);
}

const PALETTE_SIZE = 16;

/**
 * A valid PNG whose colours and waves come from `prompt`: equal prompts give equal bytes. An unknown aspect ratio is
 * drawn as a square.
 */
export function drawPng(prompt: string, aspectRatio: string): Buffer {
  const { widthPx, heightPx } = SIZES[aspectRatio] ?? { widthPx: 512, heightPx: 512 };
  const random = seededRandom(hashOf(prompt));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  // Bit depth 8, colour type 3 (palette), and the only methods the format knows.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", paletteOf(random)),
    chunk("IDAT", deflateSync(pixelsOf(widthPx, heightPx, random), { level: 6 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Neighbouring hues from dark to light. */
function paletteOf(random: () => number): Buffer {
  const palette = Buffer.alloc(PALETTE_SIZE * 3);
  const startHue = random() * 360;
  const spanHue = 40 + random() * 140;
  for (let index = 0; index < PALETTE_SIZE; index += 1) {
    const share = index / (PALETTE_SIZE - 1);
    palette.set(rgbOf(startHue + spanHue * share, 0.55 + 0.25 * random(), 0.18 + 0.68 * share), index * 3);
  }
  return palette;
}

function rgbOf(hue: number, saturation: number, lightness: number): number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((offset) => {
    const position = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  });
}

/** Three crossing waves in blocks of four pixels, which keeps the file small; a row begins with its filter, none. */
function pixelsOf(widthPx: number, heightPx: number, random: () => number): Buffer {
  const waves = [0, 1, 2].map(() => ({
    x: (random() - 0.5) * 0.16,
    y: (random() - 0.5) * 0.16,
    phase: random() * Math.PI * 2,
  }));
  const stride = widthPx + 1;
  const pixels = Buffer.alloc(stride * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const row = y * stride;
    if (y % 4 !== 0) {
      pixels.copy(pixels, row, row - stride, row);
      continue;
    }
    for (let x = 0; x < widthPx; x += 4) {
      let height = 0;
      for (const wave of waves) height += Math.sin(x * wave.x + y * wave.y + wave.phase);
      const colour = Math.min(PALETTE_SIZE - 1, Math.floor(((height + 3) / 6) * PALETTE_SIZE));
      pixels.fill(colour, row + 1 + x, row + 1 + Math.min(x + 4, widthPx));
    }
  }
  return pixels;
}
