import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { callApi, openApi } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { newApiKey } from "@/lib/id";
import { type DatabaseGate, startDatabaseGate } from "@/lib/testing/start-database-gate";
import { waitFor } from "@/lib/testing/wait-for";

const CHAT = "/chat/completions";
const MODEL = "openai/gpt-4o-mini";
/** 10 prompt and 5 completion tokens. */
const COST = 4_500n;
const STREAMS = 20;

let upstream: Upstream;
let gate: DatabaseGate;
let gateway: Gateway;
let server: RunningServer;
let account: Account;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({
    providers: { openai: upstream },
    env: ADMINISTRATOR,
    throughUrl: async (databaseUrl) => {
      gate = await startDatabaseGate(databaseUrl);
      return gate.url;
    },
  });
  server = gateway.server;
});

afterAll(async () => {
  if (server !== gateway.server) await server.stop();
  await gateway.stop();
  await gate.end();
  await upstream.close();
});

beforeEach(async () => {
  upstream.reset();
  account = await gateway.newAccount("10");
});

afterEach(() => gate.open());

test("streams finish while the database is away, and are settled once when it is back", async () => {
  const streams = await startStreams();
  await gate.close();
  const refusedMs = await untilRefused();

  // Whoever it is, and whatever they want: not now, and not "no".
  const admin = { url: server.url, key: ADMINISTRATOR.ADMIN_PROVISIONING_KEY };
  const stranger = { url: server.url, key: newApiKey() };
  for (const answer of await Promise.all([
    callApi(asAccount(), CHAT, { body: bodyOf(false) }),
    callApi(asAccount(), CHAT, { body: bodyOf(true) }),
    callApi(stranger, CHAT, { body: bodyOf(false) }),
    callApi(asAccount(), "/generation?id=gen-1"),
    callApi(asAccount(), "/key"),
    callApi(asAccount(), "/credits"),
    callApi(admin, "/keys"),
    callApi(admin, "/keys", { body: { name: "Never" } }),
  ])) {
    expect(answer.status, answer.text).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect(refusedMs).toBeLessThan(1_000);
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  expect((await fetch(`${server.url}/api/ready`)).status).toBe(503);

  const ids = await streams.finish();
  expect(journaled()).not.toEqual([]);
  expect(await entriesOf(ids)).toEqual([]);
  // Long enough for anything that tries again and again to show.
  await sleep(1_500);
  expect(server.output().split("\n").length).toBeLessThan(200);

  await gate.open();
  await expectSettledOnce(ids);
  await untilServed();
  expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
  expect(journaled()).toEqual([]);
});

test("a database that comes and goes loses nothing and charges nothing twice", async () => {
  const finished: string[] = [];
  let stopped = false;
  upstream.behave({ kind: "answer", chunkDelayMs: 5 });
  const clients = Array.from({ length: 30 }, async (_, index) => {
    while (!stopped) {
      const answer = await callApi(asAccount(), CHAT, { body: bodyOf(index % 2 === 0) });
      expect([200, 503]).toContain(answer.status);
      if (answer.status === 200) finished.push(answer.headers.get("x-generation-id") ?? "");
      else await sleep(20);
    }
  });
  for (let round = 0; round < 6; round += 1) {
    const count = finished.length;
    await waitFor("more answers", () => finished.length >= count + 30);
    await gate.close();
    await sleep(round * 60);
    await gate.open();
  }
  stopped = true;
  await Promise.all(clients);
  await expectSettledOnce(finished);
  expect(journaled()).toEqual([]);
});

test("a database that falls silent counts as away, and streams finish all the same", async () => {
  const streams = await startStreams();
  gate.freeze();
  const ids = await streams.finish();
  expect(await entriesOf(ids)).toEqual([]);
  expect(journaled()).not.toEqual([]);
  const refused = await callApi(asAccount(), CHAT, { body: bodyOf(false) });
  expect(refused.status).toBe(503);
  await gate.open();
  await expectSettledOnce(ids);
  await untilServed();
}, 60_000);

test("what waits in the journal survives kill -9, and is settled once at the next start", async () => {
  const streams = await startStreams();
  await gate.close();
  const ids = await streams.finish();
  expect(journaled()).not.toEqual([]);
  await server.kill();
  await gate.open();
  expect(await entriesOf(ids)).toEqual([]);

  server = await startServer({ env: gateway.env, dataDir: server.dataDir });
  await expectSettledOnce(ids);
  expect(journaled()).toEqual([]);
  await untilServed();
  const [left] = await gateway.sql(`select count(*) as count from "Generation" where "state" = 'interrupted'`);
  expect(left).toEqual({ count: "0" });
});

function asAccount() {
  return { url: server.url, key: account.key };
}

function bodyOf(stream: boolean): Record<string, unknown> {
  return { model: MODEL, messages: [{ role: "user", content: "Say hello" }], max_tokens: 100, stream };
}

/** Streams that have begun, and go on for a while. */
async function startStreams(): Promise<{ finish(): Promise<string[]> }> {
  upstream.behave({ kind: "answer", pieces: Array.from({ length: 20 }, () => "word "), chunkDelayMs: 100 });
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      const response = await openApi(asAccount(), CHAT, { body: bodyOf(true) });
      expect(response.status).toBe(200);
      return { id: response.headers.get("x-generation-id") ?? "", text: response.text() };
    }),
  );
  return {
    finish: () =>
      Promise.all(
        streams.map(async ({ id, text }) => {
          expect(await text).toMatch(/"cost":0\.0000045[\s\S]*data: \[DONE\]\n\n$/);
          return id;
        }),
      ),
  };
}

/** How long it took until requests were refused, in milliseconds. */
async function untilRefused(): Promise<number> {
  const startedMs = performance.now();
  await waitFor("requests to be refused", async () => (await callApi(asAccount(), "/key")).status === 503);
  return performance.now() - startedMs;
}

async function untilServed(): Promise<void> {
  upstream.behave({ kind: "answer" });
  await waitFor("the service to resume", async () => {
    const { status } = await callApi(asAccount(), CHAT, { body: bodyOf(false) });
    expect([200, 503]).toContain(status);
    return status === 200;
  });
}

async function entriesOf(ids: readonly string[]): Promise<unknown[]> {
  const list = ids.map((id) => `'${id}'`).join(",");
  const rows = await gateway.sql(
    `select e."generationId" as id from "LedgerEntry" e join "Generation" g on g."id" = e."generationId"
     where e."amountNanoUsd" = -${COST} and g."state" = 'finished' and g."id" in (${list})`,
  );
  return rows.map(({ id }) => id);
}

async function expectSettledOnce(ids: readonly string[]): Promise<void> {
  await waitFor("everything to be settled", async () => (await entriesOf(ids)).length >= ids.length);
  expect((await entriesOf(ids)).sort()).toEqual([...ids].sort());
  const books = await booksOf(gateway, account.id);
  expect(books).toMatchObject({ holds: 0, charged: BigInt(ids.length) * COST });
  expect(books.entries).toBe(books.balance);
}

/** The files in which settlements wait. */
function journaled(): string[] {
  const directory = join(server.dataDir, "journal");
  return existsSync(directory) ? readdirSync(directory) : [];
}
