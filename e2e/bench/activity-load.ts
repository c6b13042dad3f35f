// npm run bench:activity: how fast the activity answers for an account with very many generations. Seeds them first.
//   --rows=N         generations (10 million)
//   --days=N         days over which they are spread, the last one today (90)
//   --data-dir=PATH  where the database lives; one that was seeded before is measured again as it is. Default: a new one,
//                    removed afterwards
//   --explain        the plan of each statement
// Ten million take some ten minutes and 25 GB. Misses of the target do not fail the run, only errors do.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { getActivityOverview } from "@/lib/activity/get-overview";
import { listActivityFacets } from "@/lib/activity/list-facets";
import { listGenerations } from "@/lib/activity/list-generations";
import { dayOf } from "@/lib/activity-filter/days";
import { resolveActivityFilter } from "@/lib/activity-filter/resolve-activity-filter";
import { connectDatabase, disconnectDatabase, getPool } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import type { ActivityAddress } from "@/lib/schemas/activity-filter";
import { ACCOUNT_ID, RARE_APP, RARE_MODEL, SEEDED_KEY, seedActivity } from "./seed-activity";

const TARGET_MS = 100;
const ROUNDS = 15;
const PAGE_ROWS = 50;

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "10000000" },
    days: { type: "string", default: "90" },
    "data-dir": { type: "string" },
    explain: { type: "boolean", default: false },
  },
});
const dataDir = options["data-dir"] ?? (await mkdtemp(join(tmpdir(), "signalbox-activity-")));
const log = { info: () => undefined, warn: console.warn };
const database = await startEmbeddedPostgres({ dataDir, log });
try {
  await applyMigrations({ url: database.url, migrationsDir: "prisma/migrations", log });
  connectDatabase(database.url);
  await seedActivity(database.url, Number(options.rows), Number(options.days));
  await report();
} finally {
  await disconnectDatabase();
  await database.stop();
  if (options["data-dir"] === undefined) await rm(dataDir, { recursive: true, force: true });
}

async function report(): Promise<void> {
  const views: readonly [name: string, address: ActivityAddress][] = [
    ["first page and charts, 30 days", {}],
    ["the same by key", { by: "key" }],
    ["7 days", { range: "7d" }],
    ["today, by hour", { range: "today" }],
    ["90 days", { range: "90d" }],
    ["one key", { key: SEEDED_KEY }],
    ["one model", { model: "openai/gpt-4o-mini" }],
    ["a model used once a day, 90 days", { model: RARE_MODEL, range: "90d" }],
    ["an app seen three times, 90 days", { app: RARE_APP, range: "90d" }],
    ["a model and a key that never met, 90 days", { model: RARE_MODEL, key: SEEDED_KEY, range: "90d" }],
    ["failed requests", { status: "failed" }],
    ["the chatroom", { key: "chatroom" }],
  ];
  const lines: string[] = [];
  for (const [name, address] of views) lines.push(row(name, await measure(() => pageOf(address))));
  const deep = await deepCursor();
  lines.push(row("a page in the middle of all", await measure(() => pageOf({ range: "90d", after: deep }))));
  const { rows } = await getPool().query<{ generations: bigint; sums: bigint; size: string }>(
    `SELECT (SELECT COUNT(*) FROM "Generation") AS "generations", (SELECT COUNT(*) FROM "ActivityDay") AS "sums",
       pg_size_pretty(pg_total_relation_size('"Generation"')) AS "size"`,
  );
  console.log(`${rows[0]?.generations} generations (${rows[0]?.size}), ${rows[0]?.sums} daily sums\n`);
  console.log(`| server time | p50 | slowest of ${ROUNDS} | target ${TARGET_MS} ms |\n| --- | --- | --- | --- |`);
  console.log(lines.join("\n"));
}

/** What the page asks for, as it does: all at once. */
async function pageOf(address: ActivityAddress): Promise<void> {
  const filter = resolveActivityFilter(address, Date.now());
  await Promise.all([
    listActivityFacets(ACCOUNT_ID),
    getActivityOverview(ACCOUNT_ID, filter, address.by ?? "model"),
    listGenerations({ accountId: ACCOUNT_ID, filter, after: address.after, limit: PAGE_ROWS }),
  ]);
}

async function deepCursor(): Promise<string> {
  const middle = dayOf(Date.now() - 45 * 86_400_000);
  const filter = { from: middle, to: middle };
  const { olderCursor } = await listGenerations({ accountId: ACCOUNT_ID, filter, limit: PAGE_ROWS });
  return olderCursor ?? "";
}

async function measure(work: () => Promise<void>): Promise<number[]> {
  if (options.explain) explainFirst();
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b);
}

function row(name: string, times: readonly number[]): string {
  const p50 = times[Math.floor(times.length / 2)] ?? 0;
  return `| ${name} | ${p50.toFixed(1)} ms | ${(times.at(-1) ?? 0).toFixed(1)} ms | ${p50 < TARGET_MS ? "met" : "MISSED"} |`;
}

/** Lets the pool print the plan of every statement that runs next, once. */
function explainFirst(): void {
  const pool = getPool();
  const query = pool.query.bind(pool);
  const seen = new Set<string>();
  Object.assign(pool, {
    query: async (text: unknown, values: unknown[]) => {
      if (typeof text === "string" && text.startsWith("SELECT") && !seen.has(text)) {
        seen.add(text);
        const { rows } = await query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
        console.log(`\n${text}\n${rows.map((line) => line["QUERY PLAN"]).join("\n")}`);
      }
      return query(String(text), values);
    },
  });
}
