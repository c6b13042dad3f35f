import { beforeEach, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import type { SlotRow } from "./measurement-book";
import { deleteOldSlots, readSlots, writeSlots } from "./store";

const MINUTE_MS = 60_000;

connectTestDatabase();
beforeEach(() => getPool().query(`TRUNCATE "EndpointMeasurement"`));

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

function rowOf(startedAt: Date, attempts: number, latency: readonly [number, number][] = []): SlotRow {
  const slot = { attempts, failures: 1, latency: new Map(latency), throughput: new Map([[80, attempts]]) };
  return { endpointId: "acme/model|acme/turbo", startedAt, slot };
}

test("a slot that is written again replaces what the same process wrote", async () => {
  const startedAt = minutesAgo(3);
  await writeSlots(1, [rowOf(startedAt, 4)]);
  await writeSlots(1, [rowOf(startedAt, 6, [[100, 2]])]);
  expect(await readSlots()).toEqual([rowOf(startedAt, 6, [[100, 2]])]);
});

test("what several processes saw adds up", async () => {
  const startedAt = minutesAgo(3);
  await writeSlots(1, [rowOf(startedAt, 4, [[100, 2]])]);
  await writeSlots(2, [
    rowOf(startedAt, 6, [
      [100, 1],
      [120, 5],
    ]),
  ]);
  const [read] = await readSlots();
  expect(read?.slot).toMatchObject({ attempts: 10, failures: 2 });
  expect([...(read?.slot.latency ?? [])].sort()).toEqual([
    [100, 3],
    [120, 5],
  ]);
});

test("of what is older than half an hour only the uptime is read, and of what is older than a day nothing", async () => {
  await writeSlots(1, [rowOf(minutesAgo(50), 4, [[100, 2]]), rowOf(minutesAgo(26 * 60), 4)]);
  const read = await readSlots();
  expect(read).toHaveLength(1);
  expect(read[0]?.slot).toEqual({ attempts: 4, failures: 1, latency: new Map(), throughput: new Map() });
});

test("what nobody asks for any more is deleted", async () => {
  await writeSlots(1, [rowOf(minutesAgo(27 * 60), 4), rowOf(minutesAgo(5), 4)]);
  await deleteOldSlots();
  const { rows } = await getPool().query(`SELECT count(*)::int AS count FROM "EndpointMeasurement"`);
  expect(rows).toEqual([{ count: 1 }]);
});

test("nothing to write is no statement", async () => {
  await expect(writeSlots(1, [])).resolves.toBeUndefined();
});
