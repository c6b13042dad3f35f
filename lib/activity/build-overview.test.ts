import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@/lib/activity-filter/days";
import { bucketOf, buildOverview, periodBefore } from "./build-overview";
import type { GroupSums } from "./sums/store";

const NOTHING = {
  requests: 0n,
  promptTokens: 0n,
  completionTokens: 0n,
  reasoningTokens: 0n,
  cachedTokens: 0n,
  costNanoUsd: 0n,
};

function sums(at: string, group: string, fields: Partial<GroupSums> = {}): GroupSums {
  return { ...NOTHING, at, group, requests: 1n, ...fields };
}

const nameOf = (group: string) => `name of ${group}`;

test.each([
  ["2026-11-21", "2026-11-21", "hour", 24, "2026-11-20", "2026-11-20"],
  ["2026-11-15", "2026-11-21", "day", 7, "2026-11-08", "2026-11-14"],
  ["2026-08-22", "2026-11-21", "day", 92, "2026-05-22", "2026-08-21"],
  ["2025-11-22", "2026-11-21", "week", 53, "2024-11-22", "2025-11-21"],
])(
  "from %s to %s there is a point per %s, %i of them, and before it %s to %s",
  (from, to, bucket, count, first, last) => {
    const filter = { from, to };
    expect(bucketOf(filter)).toBe(bucket);
    expect(periodBefore(filter)).toEqual({ from: first, to: last });
    expect(buildOverview({ filter, sums: [], previous: NOTHING, nameOf }).points).toHaveLength(count);
  },
);

test("each sum is at its place, and the dearest group comes first", () => {
  const { points, groups, totals, previous } = buildOverview({
    filter: { from: "2026-11-20", to: "2026-11-21" },
    sums: [
      sums("2026-11-21", "a", { requests: 2n, promptTokens: 10n, completionTokens: 5n, costNanoUsd: 1n }),
      sums("2026-11-20", "b", { costNanoUsd: 2_000_000_000n, reasoningTokens: 3n }),
    ],
    previous: { ...NOTHING, requests: 7n, costNanoUsd: 500_000_000n },
    nameOf,
  });
  expect(points).toEqual(["2026-11-20", "2026-11-21"]);
  expect(groups).toEqual([
    { id: "b", name: "name of b", isRest: false, spendUsd: [2, 0], tokens: [0, 0], requests: [1, 0] },
    { id: "a", name: "name of a", isRest: false, spendUsd: [0, 1e-9], tokens: [0, 15], requests: [0, 2] },
  ]);
  expect(totals).toMatchObject({ requests: 3, promptTokens: 10, reasoningTokens: 3, costUsd: "2.000000001" });
  expect(previous).toMatchObject({ requests: 7, costUsd: "0.5" });
});

test("hours stand at their hour", () => {
  const filter = { from: "2026-11-21", to: "2026-11-21" };
  const { groups } = buildOverview({ filter, sums: [sums("2026-11-21T14", "a")], previous: NOTHING, nameOf });
  expect(groups[0]?.requests.indexOf(1)).toBe(14);
});

test("what is too small to be seen is one group, and comes last", () => {
  const rows = Array.from({ length: 12 }, (_, index) =>
    sums("2026-11-20", `g${index}`, { costNanoUsd: BigInt(index) * 1_000_000_000n }),
  );
  const filter = { from: "2026-11-20", to: "2026-11-21" };
  const { groups } = buildOverview({ filter, sums: rows, previous: NOTHING, nameOf });
  expect(groups.map(({ name }) => name)).toEqual([
    ...["g11", "g10", "g9", "g8", "g7", "g6", "g5", "g4"].map(nameOf),
    "4 others",
  ]);
  expect(groups.at(-1)).toMatchObject({ isRest: true, requests: [4, 0], spendUsd: [0 + 1 + 2 + 3, 0] });
});

test("whatever the period, no request is lost between the points", () => {
  const period = fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 365 }));
  fc.assert(
    fc.property(
      period,
      fc.array(fc.tuple(fc.nat(365), fc.constantFrom(..."abcdefghijkl"))),
      ([start, days], placed) => {
        const from = addDays("2024-01-01", start);
        const rows = placed.map(([day, group]) => sums(addDays(from, day % (days + 1)), group));
        const filter = { from, to: addDays(from, days) };
        const { groups, points } = buildOverview({ filter, sums: rows, previous: NOTHING, nameOf });
        const counted = groups.reduce((sum, { requests }) => sum + requests.reduce((a, b) => a + b, 0), 0);
        expect(counted).toBe(rows.length);
        expect(groups.every(({ tokens }) => tokens.length === points.length)).toBe(true);
      },
    ),
  );
});
