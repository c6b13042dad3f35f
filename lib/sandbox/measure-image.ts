export type MeasuredImage = { mediaType: string; widthPx: number; heightPx: number };

/** Reads type and pixels from the first bytes of a PNG, JPEG, GIF or WebP; `null` for anything else. */
export function measureImage(bytes: Buffer): MeasuredImage | null {
  if (bytes.length < 16) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.length >= 24) {
    return { mediaType: "image/png", widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) };
  }
  const tag = bytes.toString("latin1", 0, 4);
  if (tag === "GIF8")
    return { mediaType: "image/gif", widthPx: bytes.readUInt16LE(6), heightPx: bytes.readUInt16LE(8) };
  if (bytes.readUInt16BE(0) === 0xffd8) return measureJpeg(bytes);
  if (tag === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP" && bytes.length >= 30) return measureWebp(bytes);
  return null;
}

/** Walks the segments up to the frame header (SOF), which holds the size. */
function measureJpeg(bytes: Buffer): MeasuredImage | null {
  let offset = 2;
  while (offset + 9 < bytes.length) {
    if (bytes[offset] !== 0xff) return null;
    const marker = bytes[offset + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      return {
        mediaType: "image/jpeg",
        widthPx: bytes.readUInt16BE(offset + 7),
        heightPx: bytes.readUInt16BE(offset + 5),
      };
    }
    offset += 2 + bytes.readUInt16BE(offset + 2);
  }
  return null;
}

function measureWebp(bytes: Buffer): MeasuredImage | null {
  const mediaType = "image/webp";
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8X":
      return { mediaType, widthPx: bytes.readUIntLE(24, 3) + 1, heightPx: bytes.readUIntLE(27, 3) + 1 };
    case "VP8L": {
      const packed = bytes.readUInt32LE(21);
      return { mediaType, widthPx: (packed & 0x3fff) + 1, heightPx: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      return { mediaType, widthPx: bytes.readUInt16LE(26) & 0x3fff, heightPx: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}
