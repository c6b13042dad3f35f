import { hostname } from "node:os";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newUuid } from "@/lib/id";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { runSql } from "@/lib/testing/run-sql";
import { buryDeadInstances } from "./bury-dead-instances";
import { INSTANCE_LOCK, registerInstance } from "./instance";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const MINUTE_MS = 60_000;
/** Above what the kernel gives to any process. */
const DEAD_PID = 2 ** 30;

const database = connectTestDatabase();
let instanceId = 0;

beforeEach(() => {
  instanceId += 1; // sightings are remembered by id
});

afterEach(() => sql(`delete from "Hold"; delete from "Lease"; delete from "Instance"; delete from "Generation"`));

test("what a process that is gone had on its way is closed as interrupted, and its credit is free", async () => {
  await leaveBehind({ host: hostname(), pid: DEAD_PID });
  expect(await bury()).toBe(1);
  expect(await left()).toEqual({ holds: "0", leases: "0", instances: "0", interrupted: "1" });
  expect(await bury()).toBe(0);
});

test("what an instance without a row left is closed too", async () => {
  await leaveBehind(undefined);
  expect(await bury()).toBe(1);
});

test("a living process that holds its lock is left alone, however long", async () => {
  await leaveBehind({ host: "elsewhere", pid: 1 });
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query("select pg_advisory_lock($1, $2)", [INSTANCE_LOCK, instanceId]);
  try {
    expect(await bury()).toBe(0);
    expect(await bury({ nowMs: NOW_MS + MINUTE_MS })).toBe(0);
    expect(await left()).toMatchObject({ holds: "1", instances: "1" });
  } finally {
    await owner.end();
  }
});

test.each([
  { name: "on another machine", host: "elsewhere", pid: 1 },
  { name: "on this machine whose process is still there", host: hostname(), pid: process.ppid },
])("a process $name that lost its lock is given time to come back", async ({ host, pid }) => {
  await leaveBehind({ host, pid });
  expect(await bury()).toBe(0);
  expect(await bury({ nowMs: NOW_MS + 10_000 })).toBe(0);
  expect(await left()).toMatchObject({ holds: "1", leases: "1", instances: "1" });
  expect(await bury({ nowMs: NOW_MS + MINUTE_MS })).toBe(1);
});

test("an earlier process that had our process id is dead", async () => {
  await leaveBehind({ host: hostname(), pid: process.pid });
  expect(await bury()).toBe(1);
});

test("nobody buries itself", async () => {
  await leaveBehind({ host: hostname(), pid: DEAD_PID });
  expect(await bury({ ownId: instanceId })).toBe(0);
});

test("what waited in files is written before anything is closed, also for instances that the database forgot", async () => {
  await leaveBehind({ host: hostname(), pid: DEAD_PID });
  const forgotten = instanceId + 1_000;
  const written: number[] = [];
  await bury({
    alsoIds: [forgotten, instanceId],
    beforeBurial: async (id) => {
      written.push(id);
      expect(await left()).toMatchObject({ interrupted: "0" });
    },
  });
  expect(written.sort()).toEqual([instanceId, forgotten].sort());
});

test("when that writing fails nothing is closed, and the next round can try again", async () => {
  await leaveBehind({ host: hostname(), pid: DEAD_PID });
  const failing = () => Promise.reject(new Error("disk full"));
  await expect(bury({ beforeBurial: failing })).rejects.toThrow("disk full");
  expect(await left()).toMatchObject({ holds: "1", interrupted: "0" });
  expect(await bury()).toBe(1);
});

test("a registered process keeps its lock until it is closed", async () => {
  const instance = await registerInstance({ onNotification: () => undefined, onTakenForDead: () => undefined });
  expect(instance.isListening()).toBe(true);
  await bury({ nowMs: NOW_MS });
  await bury({ nowMs: NOW_MS + MINUTE_MS });
  expect(await left()).toMatchObject({ instances: "1" });
  await instance.close();
  expect(await left()).toMatchObject({ instances: "0" });
});

test("one that was buried while it was cut off is told so when it is back", async () => {
  let told = 0;
  const events: string[] = [];
  const instance = await registerInstance({
    onNotification: (payload) => events.push(payload),
    onTakenForDead: () => {
      told += 1;
    },
  });
  await sql(`delete from "Instance" where "id" = ${instance.id}`);
  await sql(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${instance.id}`);
  await expect.poll(() => events).toContain("reconnected");
  expect(told).toBe(1);
  expect(await left()).toMatchObject({ instances: "1" });
  await instance.close();
});

function bury(options: Partial<Parameters<typeof buryDeadInstances>[0]> = {}): Promise<number> {
  return buryDeadInstances({ alsoIds: [], beforeBurial: async () => undefined, nowMs: NOW_MS, ...options });
}

/** A hold, a lease and, if it is given, the row of a process. */
async function leaveBehind(process: { host: string; pid: number } | undefined): Promise<void> {
  const accountId = newUuid();
  if (process !== undefined) {
    await sql(
      `insert into "Instance" ("id", "hostname", "pid") values (${instanceId}, '${process.host}', ${process.pid})`,
    );
  }
  await sql(`insert into "Lease" values (${instanceId}, '${accountId}', '', 5)`);
  await sql(`insert into "Hold" ("generationId", "instanceId", "accountId", "amountNanoUsd", "requestedModel", "modelId", "streamed", "createdAt")
             values ('gen-${instanceId}', ${instanceId}, '${accountId}', 5, 'm', 'm', true, now())`);
}

async function left(): Promise<Record<string, unknown>> {
  const [row] = await sql(`select (select count(*) from "Hold") as holds, (select count(*) from "Lease") as leases,
    (select count(*) from "Instance") as instances,
    (select count(*) from "Generation" where "state" = 'interrupted') as interrupted`);
  return row ?? {};
}

function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(database.url, statement);
}
