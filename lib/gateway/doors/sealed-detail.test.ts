import fc from "fast-check";
import { expect, test } from "vitest";
import { openDetail, sealDetail } from "./sealed-detail";

const detail = fc.record(
  {
    type: fc.constantFrom("reasoning.text", "reasoning.summary", "reasoning.encrypted"),
    text: fc.string({ unit: "grapheme" }),
    signature: fc.string(),
    data: fc.string(),
    id: fc.string(),
    format: fc.string(),
    index: fc.nat(),
    futureField: fc.string(),
  },
  { requiredKeys: ["type"] },
);

test("what was sealed opens as it was", () => {
  fc.assert(
    fc.property(detail, (value) => {
      expect(openDetail(sealDetail(value))).toEqual(value);
    }),
  );
});

test.each([
  { name: "nothing", word: "" },
  { name: "a vendor's own signature", word: "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk" },
  { name: "our mark with something else behind it", word: "signalbox-v1.EqQBCgIYAhIM" },
  {
    name: "our mark with no reasoning behind it",
    word: `signalbox-v1.${Buffer.from('{"a":1}').toString("base64url")}`,
  },
  { name: "our mark alone", word: "signalbox-v1." },
])("$name is not taken for a seal", ({ word }) => {
  expect(openDetail(word)).toBeUndefined();
});
