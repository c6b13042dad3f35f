import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openApi, type Target } from "@/e2e/fixtures/call-api";
import { newDataDir, providerEnv } from "@/e2e/fixtures/start-gateway";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { livePidsOf, workerPidsOf } from "@/e2e/fixtures/worker-pids";
import { runSql } from "@/lib/testing/run-sql";
import { waitFor } from "@/lib/testing/wait-for";

const CHAT = "/chat/completions";
const MODEL = "openai/gpt-4o-mini";
const ANSWER = ["One ", "two ", "three ", "four ", "five ", "six"];
/** 10 prompt and 5 completion tokens. */
const COST = 4_500;
const HANG = "Hang, please";

let upstream: Upstream;
let env: Record<string, string>;
let server: RunningServer;
let dataDir: string;
let hangers: AbortController;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  upstream.behave(({ body }, index) =>
    JSON.stringify(body).includes(HANG)
      ? { kind: "hang", afterChunks: 1 }
      : { kind: "answer", pieces: ANSWER, delayMs: 30 + (index % 40), chunkDelayMs: 5 },
  );
  // Each test leaves a server behind that was started after a crash or a stop: one more thing to go on from.
  dataDir = newDataDir();
  env = { ...providerEnv({ openai: upstream }), WEB_CONCURRENCY: "2", ADMIN_CREDITS: "1000" };
  server = await startServer({ env, dataDir });
});

afterAll(async () => {
  await server.stop();
  await upstream.close();
});

beforeEach(() => {
  hangers = new AbortController();
});

afterEach(() => hangers.abort());

describe("kill -9 under load", () => {
  test("of all processes loses no answer that a client saw finish, and charges none twice", async () => {
    const ledgerAtFirst = await entryCount();
    const load = startLoad(server, 200);
    const hanging = await startHanging(server, 20);
    await waitFor("300 finished answers", () => load.finished.length >= 300, 30_000);
    await waitFor("the hanging ones to be noted", async () => (await holdsOf(hanging)) === hanging.length);
    await killAll(server);
    await load.stop();
    const ledgerBefore = await entryCount();

    server = await startServer({ env, dataDir });
    expect(await missingFrom(load.finished)).toEqual([]);
    // The last ones of all may be committed, and their last bytes lost; more than that there cannot be.
    expect(await entryCount()).toBe(ledgerBefore);
    expect(ledgerBefore - ledgerAtFirst).toBeLessThanOrEqual(load.finished.length + load.cutOff());
    for (const id of hanging) {
      const [row] = await sql(`select "state", "finishReason", "costNanoUsd" from "Generation" where "id" = '${id}'`);
      expect(row).toMatchObject({ state: "interrupted", finishReason: "error", costNanoUsd: "0" });
    }
    await expectBooksInOrder();
    // And it serves.
    const after = startLoad(server, 5);
    await waitFor("answers after the crash", () => after.finished.length >= 5);
    await after.stop();
    expect(await missingFrom(after.finished)).toEqual([]);
  });

  test("of the first process alone lets the others finish what they have, and go", async () => {
    const workers = workerPidsOf(server.pid);
    expect(workers).toHaveLength(2);
    const before = upstream.requests.length;
    const calls = Array.from({ length: 100 }, (_, index) => complete(server, index % 2 === 0));
    await upstream.nextRequest(before + calls.length - 1);
    await server.kill();
    const ids = await Promise.all(calls);
    expect(ids).not.toContain(undefined);
    await waitFor("the workers to end", () => livePidsOf(workers).length === 0);

    server = await startServer({ env, dataDir });
    expect(await missingFrom(ids.map(String))).toEqual([]);
    await expectBooksInOrder();
  });

  test("of one worker costs the others nothing, and it is replaced", async () => {
    const workers = workerPidsOf(server.pid);
    const hanging = await startHanging(server, 20);
    await waitFor("the hanging ones to be noted", async () => (await holdsOf(hanging)) === hanging.length);
    const load = startLoad(server, 50);
    await waitFor("50 finished answers", () => load.finished.length >= 50, 30_000);
    process.kill(workers[0] ?? 0, "SIGKILL");
    await waitFor("a new worker", () => workerPidsOf(server.pid).filter((pid) => !workers.includes(pid)).length === 1);
    const count = load.finished.length;
    await waitFor("more answers", () => load.finished.length >= count + 100, 30_000);
    await load.stop();
    expect(await missingFrom(load.finished)).toEqual([]);
    // Without waiting for anybody's next start, what the dead worker had is closed and its credit free.
    const interrupted = await waitFor("its generations to be closed", async () => {
      const [row] = await sql(`
        select count(*) as count from "Generation" where "state" = 'interrupted' and "id" in (${quoted(hanging)})`);
      return Number(row?.count) > 0 ? Number(row?.count) : undefined;
    });
    expect(interrupted).toBeLessThan(hanging.length);
    expect(await holdsOf(hanging)).toBe(hanging.length - interrupted);
    const owners = await sql(`select distinct "instanceId" from "Lease" union select "instanceId" from "Hold"`);
    expect(owners.length).toBeLessThanOrEqual(2);
  });
});

test("kill -9 of the embedded database loses nothing: it is started again, and what waited is settled", async () => {
  const load = startLoad(server, 100);
  await waitFor("100 finished answers", () => load.finished.length >= 100, 30_000);
  const pidFile = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8");
  process.kill(Number(pidFile.split("\n")[0]), "SIGKILL");
  await load.stop();
  const isBack = () =>
    sql("select 1").then(
      () => true,
      () => false,
    );
  await waitFor("the database to be back", isBack, 20_000);
  await waitFor("answers again", async () => (await complete(server, true)) !== undefined, 20_000);
  await waitFor("all to be settled", async () => (await missingFrom(load.finished)).length === 0);
  await waitFor("the holds to be gone", async () => {
    const [row] = await sql(`select count(*) as count from "Hold"`);
    return row?.count === "0";
  });
  await expectBalances();
});

test("SIGTERM lets streams finish, settles them and ends well", async () => {
  const before = upstream.requests.length;
  const calls = Array.from({ length: 20 }, (_, index) => complete(server, index % 2 === 0));
  await upstream.nextRequest(before + calls.length - 1);
  process.kill(server.pid, "SIGTERM");
  const ids = await Promise.all(calls);
  expect(ids).not.toContain(undefined);
  const finishedMs = performance.now();
  expect(await server.exited).toBe(0);
  expect(performance.now() - finishedMs).toBeLessThan(3_000);
  expect(livePidsOf([server.pid])).toEqual([]);

  server = await startServer({ env, dataDir });
  expect(await missingFrom(ids.map(String))).toEqual([]);
  await expectBooksInOrder();
});

type Load = {
  /** Generations whose answers came to their very end. */
  finished: string[];
  /** Calls that began and did not come to their end. */
  cutOff(): number;
  /** Begins no more, and resolves when the last one is over. */
  stop(): Promise<void>;
};

/** So many clients that ask again and again, streaming and not in turn, until told to stop or cut off. */
function startLoad(target: Target, clients: number): Load {
  const finished: string[] = [];
  let stopped = false;
  let cutOff = 0;
  const run = async (index: number) => {
    for (let round = index; !stopped; round += 1) {
      const id = await complete(target, round % 2 === 0);
      if (id !== undefined) finished.push(id);
      else {
        cutOff += 1;
        return;
      }
    }
  };
  const running = Promise.all(Array.from({ length: clients }, (_, index) => run(index)));
  return {
    finished,
    cutOff: () => cutOff,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/**
 * The id of an answer that came to its end; `undefined` when it did not. A connection that was just being handed to a
 * worker when that was killed stays silent for ever (Node's cluster does not take it back), hence the limit.
 */
async function complete(target: Target, stream: boolean): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(10_000);
    const response = await openApi(target, CHAT, { body: bodyOf("Count to six", stream), signal });
    const text = await response.text();
    const isWhole = stream ? text.endsWith("data: [DONE]\n\n") : JSON.parse(text).choices[0].finish_reason === "stop";
    return isWhole ? (response.headers.get("x-generation-id") ?? undefined) : undefined;
  } catch (error) {
    // What fetch throws when the connection breaks, and when the limit is reached.
    if (error instanceof TypeError || error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Streams that have begun and go no further. */
function startHanging(target: Target, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const response = await openApi(target, CHAT, { body: bodyOf(HANG, true), signal: hangers.signal });
      await response.body?.getReader().read();
      return response.headers.get("x-generation-id") ?? "";
    }),
  );
}

function bodyOf(content: string, stream: boolean): Record<string, unknown> {
  return { model: MODEL, messages: [{ role: "user", content }], max_tokens: 100, stream };
}

async function killAll({ pid, kill }: RunningServer): Promise<void> {
  const workers = workerPidsOf(pid);
  const killed = kill();
  for (const worker of workers) process.kill(worker, "SIGKILL");
  await killed;
}

function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(server.databaseUrl, statement);
}

async function entryCount(): Promise<number> {
  const [row] = await sql(`select count(*) as count from "LedgerEntry" where "kind" = 'usage'`);
  return Number(row?.count);
}

async function holdsOf(ids: readonly string[]): Promise<number> {
  const [row] = await sql(`select count(*) as count from "Hold" where "generationId" in (${quoted(ids)})`);
  return Number(row?.count);
}

/** Those of the answers that are not both recorded and charged, once. */
async function missingFrom(ids: readonly string[]): Promise<string[]> {
  expect(new Set(ids).size).toBe(ids.length);
  const rows = await sql(`
    select e."generationId" as id from "LedgerEntry" e join "Generation" g on g."id" = e."generationId"
    where e."generationId" in (${quoted(ids)}) and e."kind" = 'usage' and e."amountNanoUsd" = -${COST}
      and g."state" = 'finished' and g."costNanoUsd" = ${COST}`);
  const found = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !found.has(id));
}

/** Nothing of the dead is left, and every balance is the sum of its entries. */
async function expectBooksInOrder(): Promise<void> {
  await expectBalances();
  const [left] = await sql(
    `select (select count(*) from "Hold") as holds, (select count(*) from "Lease") as leases,
       (select count(*) from "Generation" g left join "LedgerEntry" e on e."generationId" = g."id"
        where g."state" = 'finished' and e."id" is null) as unpaid`,
  );
  expect(left).toEqual({ holds: "0", leases: "0", unpaid: "0" });
}

async function expectBalances(): Promise<void> {
  const rows = await sql(`
    select a."balanceNanoUsd" - (select sum("amountNanoUsd") from "LedgerEntry" e where e."accountId" = a."id") as difference
    from "Account" a`);
  for (const { difference } of rows) expect(difference).toBe("0");
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join(",");
}
