import { inflateRawSync } from "node:zlib";

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 65_535;

/**
 * Whether all that is in a ZIP archive is as large as the archive says, and no larger than we take: a few kilobytes can be
 * made to unfold to gigabytes, and say that they are small. Whatever different readers could take for different lists of
 * files (a count that is not true, something before the archive, the form for huge ones) is refused, so that what is
 * checked here is what is unpacked later.
 *
 * @param {Buffer} bytes
 * @param {number} maxBytes for all of its files
 * @returns {"fits" | "corrupt" | "too-large"}
 */
export function checkArchive(bytes, maxBytes) {
  const end = findEnd(bytes);
  if (end === -1) return "corrupt";
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at + bytes.readUInt32LE(end + 12) !== end) return "corrupt";
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== ENTRY_MARK) return "corrupt";
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const unpacked = bytes.readUInt32LE(at + 24);
    const local = bytes.readUInt32LE(at + 42);
    at += ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    total += unpacked;
    if (total > maxBytes) return "too-large";
    if (local + LOCAL_BYTES > bytes.length) return "corrupt";
    const start = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (!unfoldsTo(bytes.subarray(start, start + packed), method, unpacked)) return "corrupt";
  }
  return at === end ? "fits" : "corrupt";
}

function unfoldsTo(packed, method, size) {
  if (method === 0) return packed.length === size;
  if (method !== 8) return false;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }).length === size;
  } catch {
    // Broken, or larger than it says.
    return false;
  }
}

function findEnd(bytes) {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) if (bytes.readUInt32LE(at) === END_MARK) return at;
  return -1;
}
