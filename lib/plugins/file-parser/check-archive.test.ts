import { expect, test } from "vitest";
import { makeDocx, makeZip } from "@/lib/testing/make-documents";
import { checkArchive } from "./check-archive.mjs";

const END_BYTES = 22;
const two = makeZip({ "a.xml": "<a/>", "b.bin": "b".repeat(1_000) });

/** The archive with another number at that place of its end record. */
function withEnd(offset: number, value: number): Buffer {
  const changed = Buffer.from(two);
  changed.writeUInt16LE(value, changed.length - END_BYTES + offset);
  return changed;
}

test.each<[string, Buffer, string]>([
  ["an archive", two, "fits"],
  ["a Word document", makeDocx(["x"]), "fits"],
  ["one that unfolds to more than it says", makeZip({ "b.bin": "b".repeat(1_000) }, 10), "corrupt"],
  ["one that unfolds to less than it says", makeZip({ "b.bin": "b" }, 1_000), "corrupt"],
  ["one that says it is too large", makeZip({ "b.bin": "b" }, 10_001), "too-large"],
  ["one that hides a file by its count", withEnd(10, 1), "corrupt"],
  ["one that counts more files than there are", withEnd(10, 3), "corrupt"],
  ["one with another list after something before it", Buffer.concat([Buffer.from("PK decoy"), two]), "corrupt"],
  ["one whose list is elsewhere", withEnd(16, 0), "corrupt"],
  ["half of one", two.subarray(0, two.length - 30), "corrupt"],
  ["nothing", Buffer.alloc(0), "corrupt"],
])("%s", (_name, bytes, verdict) => {
  expect(checkArchive(bytes, 10_000)).toBe(verdict);
});
