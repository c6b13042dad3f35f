import { expect, test } from "vitest";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { lineKeyOf } from "./track";
import { trackOfRecord } from "./track-of-record";

const AT = { model: "acme/model", provider: "Acme", endpoint: "acme" };

test("an endpoint has a line for each key that it is asked with, and keys of one name share one", () => {
  const record: RouteRecord = {
    candidates: [{ ...AT, ownKey: "Mine" }, { ...AT, ownKey: "Spare" }, { ...AT, ownKey: "Spare" }, AT],
    attempts: [
      { ...AT, ownKey: "Mine", status: 401, latencyMs: 5, error: "refused" },
      { ...AT, status: 200, latencyMs: 9 },
    ],
    excluded: [],
    notices: [],
  };
  const { lines } = trackOfRecord(record);
  expect(lines.map(({ state, ownKey }) => [state.kind, ownKey])).toEqual([
    ["failed", "Mine"],
    ["served", undefined],
    ["waiting", "Spare"],
  ]);
  expect(lines[0]?.notes).toEqual(['with your own key "Mine"']);
  expect(new Set(lines.map(lineKeyOf)).size).toBe(lines.length);
});
