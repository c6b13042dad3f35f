import { expect, test } from "vitest";
import { LOOSE_FOR_MS, planSweep } from "./plan-sweep";

const NOW = 1_763_690_000_000;

test.each([
  {
    name: "a file that something names stays",
    given: { fileIds: ["a"], named: new Set(["a"]), loose: new Map() },
    expected: { remove: [], loosen: [], tie: [] },
  },
  {
    name: "a file that nothing names is remembered first, because its delete may be undone",
    given: { fileIds: ["a"], named: new Set<string>(), loose: new Map() },
    expected: { remove: [], loosen: ["a"], tie: [] },
  },
  {
    name: "and removed when nothing has named it for a while",
    given: {
      fileIds: ["a", "b"],
      named: new Set<string>(),
      loose: new Map([
        ["a", NOW - LOOSE_FOR_MS],
        ["b", NOW - 1],
      ]),
    },
    expected: { remove: ["a"], loosen: [], tie: [] },
  },
  {
    name: "one that is named again is forgotten as loose, and begins anew",
    given: { fileIds: ["a"], named: new Set(["a"]), loose: new Map([["a", 0]]) },
    expected: { remove: [], loosen: [], tie: ["a"] },
  },
  {
    name: "of one that is gone nothing is remembered",
    given: { fileIds: [], named: new Set<string>(), loose: new Map([["a", 0]]) },
    expected: { remove: [], loosen: [], tie: ["a"] },
  },
])("$name", ({ given, expected }) => expect(planSweep({ ...given, nowMs: NOW })).toEqual(expected));
