import { expect, test } from "vitest";
import { sniffMediaType } from "@/lib/fetch/sniff-media-type";
import { encodeWav } from "./encode-wav";

test("is a WAV file that says how long it is", () => {
  const bytes = encodeWav(Float32Array.of(0, 1, -1, 2), 16_000);
  const view = new DataView(bytes.buffer);
  expect(sniffMediaType(bytes)).toBe("audio/wav");
  expect(bytes).toHaveLength(52);
  expect(view.getUint32(4, true)).toBe(44);
  expect(view.getUint32(24, true)).toBe(16_000);
  expect(view.getUint32(40, true)).toBe(8);
  expect([0, 2, 4, 6].map((at) => view.getInt16(44 + at, true))).toEqual([0, 32_767, -32_767, 32_767]);
});
