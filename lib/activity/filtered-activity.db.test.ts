import { beforeAll, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { hashOf, newUuid } from "@/lib/id";
import type { ActivityFilter } from "@/lib/schemas/activity-filter";
import type { GenerationRow } from "@/lib/schemas/settlement";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { insertGeneration } from "@/lib/testing/insert-generation";
import { exportGenerations } from "./export-generations";
import { getActivityOverview } from "./get-overview";
import { hasActivity } from "./has-activity";
import { listDailyActivity } from "./list-daily-activity";
import { listActivityFacets } from "./list-facets";
import { listGenerations } from "./list-generations";
import { recentSpend } from "./recent-spend";

const KEY = hashOf("a key");
const accountId = newUuid();
const otherId = newUuid();
connectTestDatabase();
const idOf = new Map<string, string>();

/** Days are given as in November 2026. */
async function insert(name: string, day: number, fields: Partial<GenerationRow>): Promise<void> {
  const createdAt = `2026-11-${String(day).padStart(2, "0")}T12:00:00Z`;
  idOf.set(name, await insertGeneration(accountId, { createdAt, appTitle: null, httpReferer: null, ...fields }));
}

beforeAll(async () => {
  for (const id of [accountId, otherId]) {
    await getPool().query(`INSERT INTO "Account" ("id", "name") VALUES ($1, '')`, [id]);
  }
  await getPool().query(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind") VALUES ($1, $2, 'CI', 'sk-…c', 'inference')`,
    [KEY, accountId],
  );
  await insert("plain", 1, { sandbox: false, costNanoUsd: "1000000000" });
  await insert("keyed", 5, { apiKeyHash: KEY, appTitle: "Bot", sandbox: false, costNanoUsd: "2000000000" });
  await insert("sited", 5, { apiKeyHash: KEY, httpReferer: "https://app.example/x?y", sandbox: false });
  await insert("insured", 9, { insured: true, costNanoUsd: "0", completionTokens: 0, sandbox: false });
  await insert("estimated", 9, {
    estimated: true,
    modelId: "x/y",
    providerSlug: "p",
    endpointTag: "p",
    sandbox: false,
  });
  await insert("byok", 10, {
    isByok: true,
    modelId: "x/y",
    providerSlug: "p",
    endpointTag: "p",
    upstreamCostNanoUsd: "70000000",
    costNanoUsd: "3500000",
    sandbox: false,
  });
  await insert("failed", 10, {
    state: "failed",
    providerSlug: null,
    endpointTag: null,
    costNanoUsd: "0",
    sandbox: false,
  });
  await insert("aborted", 11, { state: "aborted", sandbox: false });
  await insert("sandbox", 12, { sandbox: true });
  await insertGeneration(otherId, { createdAt: "2026-11-05T12:00:00Z", apiKeyHash: "theirs", appTitle: "Theirs" });
});

const ALL: ActivityFilter = { from: "2026-11-01", to: "2026-11-30" };

const CASES: readonly { filter: Partial<ActivityFilter>; names: readonly string[] }[] = [
  { filter: { model: "x/y" }, names: ["byok", "estimated"] },
  { filter: { provider: "p" }, names: ["byok", "estimated"] },
  { filter: { key: KEY }, names: ["keyed", "sited"] },
  { filter: { key: "chatroom", model: "x/y" }, names: ["byok", "estimated"] },
  { filter: { app: "Bot" }, names: ["keyed"] },
  { filter: { app: "app.example" }, names: ["sited"] },
  { filter: { status: "insured" }, names: ["insured"] },
  { filter: { status: "estimated" }, names: ["estimated"] },
  { filter: { status: "byok" }, names: ["byok"] },
  { filter: { status: "failed" }, names: ["failed"] },
  { filter: { status: "aborted" }, names: ["aborted"] },
  { filter: { status: "interrupted" }, names: [] },
  { filter: { status: "sandbox" }, names: ["sandbox"] },
  { filter: { status: "finished", key: KEY }, names: ["keyed", "sited"] },
  { filter: { model: "x/y", key: KEY }, names: [] },
  { filter: { key: hashOf("no key") }, names: [] },
  { filter: { from: "2026-11-09", to: "2026-11-10" }, names: ["byok", "estimated", "failed", "insured"] },
  { filter: { from: "2026-11-10", to: "2026-11-10", model: "x/y" }, names: ["byok"] },
  { filter: { app: "Theirs" }, names: [] },
];

describe.each(CASES)("filtered by $filter", ({ filter, names }) => {
  const whole = { ...ALL, ...filter };
  const expected = () => names.map((name) => idOf.get(name) ?? name).sort();

  test("the list has exactly those, whatever the size of a page", async () => {
    for (const limit of [1, 100]) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const { rows, olderCursor } = await listGenerations({ accountId, filter: whole, after, limit });
        found.push(...rows.map(({ id }) => id));
        after = olderCursor ?? undefined;
      } while (after !== undefined);
      expect(found.sort()).toEqual(expected());
    }
  });

  test("the charts count exactly those", async () => {
    const { totals, groups } = await getActivityOverview(accountId, whole, "model");
    expect(totals.requests).toBe(names.length);
    expect(groups.flatMap(({ requests }) => requests).reduce((a, b) => a + b, 0)).toBe(names.length);
  });

  test("the export has exactly those", async () => {
    const rows = JSON.parse(await textOf("json", whole));
    expect(rows.map(({ id }: { id: string }) => id).sort()).toEqual(expected());
    expect((await textOf("csv", whole)).trimEnd().split("\r\n")).toHaveLength(names.length + 1);
  });
});

test("a day is charted by hour, from the generations themselves", async () => {
  const { bucket, points, groups } = await getActivityOverview(
    accountId,
    { from: "2026-11-10", to: "2026-11-10" },
    "provider",
  );
  expect(bucket).toBe("hour");
  expect(points[12]).toBe("2026-11-10T12");
  expect(groups.map(({ name, requests }) => [name, requests[12]])).toEqual([
    ["p", 1],
    ["No provider", 1],
  ]);
});

test("keys are named in the charts, and the chatroom is what has none", async () => {
  const { groups } = await getActivityOverview(accountId, ALL, "key");
  expect(groups.map(({ id, name }) => [id, name])).toEqual([
    [KEY, "CI"],
    ["", "Chatroom"],
  ]);
});

test("the period before is compared with", async () => {
  const { totals, previous } = await getActivityOverview(accountId, { from: "2026-11-05", to: "2026-11-08" }, "model");
  expect(totals).toMatchObject({ requests: 2, costUsd: "2.001500001" });
  expect(previous).toMatchObject({ requests: 1, costUsd: "1" });
});

test("what can be filtered by is what there ever was, of this account alone", async () => {
  expect(await listActivityFacets(accountId)).toEqual({
    models: ["openai/gpt-4o", "x/y"],
    providers: [
      { slug: "openai", name: "openai" },
      { slug: "p", name: "p" },
    ],
    keys: [{ hash: KEY, name: "CI", label: "sk-…c" }],
    apps: ["Bot", "app.example"],
    hasChatroom: true,
  });
  expect(await listActivityFacets(newUuid())).toEqual({
    models: [],
    providers: [],
    keys: [],
    apps: [],
    hasChatroom: false,
  });
});

test("by day, model and endpoint, what no endpoint answered is left out", async () => {
  const rows = await listDailyActivity({ accountId, from: "2026-11-10", to: "2026-11-12", keyHashes: null });
  expect(rows.map(({ date, model, requests }) => [date, model, requests])).toEqual([
    ["2026-11-12", "openai/gpt-4o", 1],
    ["2026-11-11", "openai/gpt-4o", 1],
    ["2026-11-10", "x/y", 1],
  ]);
  expect(rows[2]).toMatchObject({ endpoint_id: "x/y|p", usage: 0.0035, byok_usage_inference: 0.07 });
  const ofKey = await listDailyActivity({ accountId, from: "2026-11-01", to: "2026-11-12", keyHashes: [KEY] });
  expect(ofKey.map(({ date, requests, prompt_tokens }) => [date, requests, prompt_tokens])).toEqual([
    ["2026-11-05", 2, 200],
  ]);
});

test("the last days' spend is that of this account, today's among it", async () => {
  const nowMs = Date.parse("2026-11-05T23:00:00Z");
  expect(await recentSpend(accountId, 1, nowMs)).toBe(2_001_500_001n);
  expect(await recentSpend(accountId, 5, nowMs)).toBe(3_001_500_001n);
  expect(await hasActivity(accountId)).toBe(true);
  expect(await hasActivity(newUuid())).toBe(false);
});

async function textOf(format: "csv" | "json", filter: ActivityFilter): Promise<string> {
  let text = "";
  for await (const piece of exportGenerations(accountId, filter, format)) text += piece;
  return text;
}
