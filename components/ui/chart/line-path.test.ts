import { expect, test } from "vitest";
import { linePath } from "./line-path";

test.each([
  { name: "a whole line", values: [1, 2], expected: "M25 1L75 2" },
  { name: "a gap breaks it", values: [1, 2, null, 3, 4], expected: "M10 1L30 2M70 3L90 4" },
  { name: "a single value can be seen", values: [null, 5, null, null], expected: "M31.25 5H43.75" },
  { name: "nothing", values: [null], expected: "" },
])("$name", ({ values, expected }) => expect(linePath(values, (value) => value)).toBe(expected));
