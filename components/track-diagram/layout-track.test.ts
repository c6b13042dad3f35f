import fc from "fast-check";
import { expect, test } from "vitest";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { describeTrack } from "./describe-track";
import { layoutTrack } from "./layout-track";
import { trackOfPlan } from "./track-of-plan";
import { trackOfRecord } from "./track-of-record";
import { trackOfRefusal } from "./track-of-refusal";

const MODEL = "acme/large";

function endpoint(name: string) {
  return { model: MODEL, provider: name, endpoint: name.toLowerCase() };
}

function excluded(name: string, reason = "no key for this provider") {
  return { ...endpoint(name), rule: "configured", reason, fix: "set a key" };
}

function record(changes: Partial<RouteRecord>): RouteRecord {
  return { requested: MODEL, strategy: "price", candidates: [], excluded: [], attempts: [], notices: [], ...changes };
}

const FAILED_OVER = record({
  candidates: ["A", "B", "C"].map((name) => ({ ...endpoint(name), probability: 0.5, score: 1 })),
  attempts: [
    { ...endpoint("A"), status: 503, latencyMs: 120, error: "upstream is overloaded" },
    { ...endpoint("B"), status: 200, latencyMs: 900 },
  ],
  excluded: [excluded("D")],
});

test("what failed comes first, then what served, what waited, what was excluded", () => {
  const rows = layoutTrack(trackOfRecord(FAILED_OVER));
  expect(
    rows.map(({ lines, trunkIn, trunkOut }) => [lines[0].provider, lines[0].state.kind, trunkIn, trunkOut]),
  ).toEqual([
    ["A", "failed", "travelled", "travelled"],
    ["B", "served", "travelled", "idle"],
    ["C", "waiting", "idle", "idle"],
    ["D", "excluded", "idle", "none"],
  ]);
});

test("an answer that began well and broke off is a failure", () => {
  const { lines } = trackOfRecord(
    record({ attempts: [{ ...endpoint("A"), status: 200, latencyMs: 5, error: "the stream broke off" }] }),
  );
  expect(lines.map(({ state }) => state.kind)).toEqual(["failed"]);
});

test("an endpoint that was tried twice is one line with both tries", () => {
  const { lines } = trackOfRecord(
    record({
      candidates: [endpoint("A")],
      attempts: [
        { ...endpoint("A"), status: 401, latencyMs: 10, error: "wrong key" },
        { ...endpoint("A"), status: 200, latencyMs: 20 },
      ],
    }),
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]?.state).toMatchObject({ kind: "served", attempts: [{ status: 401 }, { status: 200 }] });
});

test("many that were excluded for the same reason are one row, a reason of its own stays in sight before them", () => {
  const many = Array.from({ length: 14 }, (_, index) => excluded(`P${index}`));
  const rows = layoutTrack(trackOfRecord(record({ excluded: [...many, excluded("X", "above provider.max_price")] })));
  expect(rows.map(({ lines }) => lines.length)).toEqual([1, 14]);
});

const PRICES = {
  prompt: "0.000001",
  completion: "0.000002",
  request: "0",
  image: "0",
  web_search: "0",
  internal_reasoning: "0",
};

test("a plan sets its first line and keeps the others waiting", () => {
  const track = trackOfPlan({
    requested: MODEL,
    strategy: "price",
    selected: endpoint("A"),
    plan: ["A", "B"].map((name) => ({
      ...endpoint(name),
      probability: 0.5,
      score: null,
      stable: true,
      prices: PRICES,
      max_cost: 0.01,
    })),
    excluded: [excluded("C")],
    notices: [],
    estimated_cost: { min: 0.001, max: 0.01 },
    prompt_tokens: 10,
  });
  expect(track.lines.map(({ state }) => state.kind)).toEqual(["set", "waiting", "excluded"]);
  expect(describeTrack(track)).toBe("A would be tried first. 1 more would follow. 1 was excluded.");
});

test("an error of the API is drawn from its metadata, and only where it speaks of endpoints", () => {
  const refusal = { rule: "tools", excluded: [excluded("A", "does not support tools")], attempts: [] };
  expect(trackOfRefusal(refusal, MODEL)?.lines).toHaveLength(1);
  expect(trackOfRefusal({ field: "model" }, MODEL)).toBeNull();
  expect(trackOfRefusal(undefined, MODEL)).toBeNull();
});

test.each([
  { route: FAILED_OVER, expected: "Served by B, after 1 other failed. 1 more was not needed. 1 was excluded." },
  { route: record({}), expected: "No endpoint was considered." },
  { route: record({ excluded: [excluded("A")] }), expected: "No endpoint was asked. 1 was excluded." },
  {
    route: record({ attempts: ["A", "B"].map((name) => ({ ...endpoint(name), status: 500, latencyMs: 1 })) }),
    expected: "All 2 that were tried failed.",
  },
])("in words: $expected", ({ route, expected }) => expect(describeTrack(trackOfRecord(route))).toBe(expected));

test("every endpoint is in exactly one row, and only the last row ends the trunk", () => {
  const names = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  const split = fc.tuple(names, fc.nat(5), fc.nat(20), fc.nat(3));
  fc.assert(
    fc.property(split, ([ids, tries, waits, reasons]) => {
      const all = ids.map((id) => `P${id}`);
      const candidates = all.slice(0, tries + waits).map(endpoint);
      const track = trackOfRecord(
        record({
          candidates,
          attempts: all.slice(0, tries).map((name) => ({ ...endpoint(name), status: 500, latencyMs: 1 })),
          excluded: all.slice(tries + waits).map((name, index) => excluded(name, `reason ${index % (reasons + 1)}`)),
        }),
      );
      const rows = layoutTrack(track);
      const drawn = rows.flatMap(({ lines }) => lines.map((line) => line.endpoint));
      expect(drawn.toSorted()).toEqual(all.map((name) => name.toLowerCase()).toSorted());
      expect(rows.slice(0, -1).every(({ trunkOut }) => trunkOut !== "none")).toBe(true);
      if (rows.length > 0) expect(rows.at(-1)?.trunkOut).toBe("none");
    }),
  );
});
