import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newUuid } from "@/lib/id";
import { log } from "@/lib/log";
import type { HoldRow, Settlement } from "@/lib/schemas/settlement";
import { connectGatedDatabase } from "@/lib/testing/connect-gated-database";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { runSql } from "@/lib/testing/run-sql";
import { waitFor } from "@/lib/testing/wait-for";
import { SettlementJournal } from "./settlement-journal";
import { SettlementQueue } from "./settlement-queue";

const INSTANCE = 1;
const COST = 7;

const database = connectGatedDatabase();
let directory: string;
let accountId: string;

beforeAll(async () => {
  log().level = "silent"; // outages are told at length
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-queue-"));
  accountId = newUuid();
  await sql(`insert into "Account" ("id", "name") values ('${accountId}', 'Ada')`);
});

afterEach(async () => {
  await database.gate.open();
  await rm(directory, { recursive: true, force: true });
});

function newQueue(journal = new SettlementJournal(directory, INSTANCE)): SettlementQueue {
  return new SettlementQueue({ instanceId: INSTANCE, journal, onBalance: () => undefined });
}

describe("settling", () => {
  test("many at once, some of them twice, charges each once", async () => {
    const queue = newQueue();
    const settlements = Array.from({ length: 700 }, () => newSettlement());
    const twice = settlements.filter((_, index) => index % 3 === 0);
    await Promise.all([...settlements, ...twice].map((settlement) => queue.settle(settlement)));
    await expectCharged(settlements.length);
  });

  test("tells what each account has afterwards", async () => {
    const told = new Map<string, bigint>();
    const journal = new SettlementJournal(directory, INSTANCE);
    const queue = new SettlementQueue({ instanceId: INSTANCE, journal, onBalance: (id, left) => told.set(id, left) });
    await queue.settle(newSettlement());
    expect(told.get(accountId)).toBe(BigInt(-COST));
  });

  test("one that the database will never take is kept in a file, and does not hold up the others", async () => {
    const queue = newQueue();
    const bad = newSettlement();
    bad.generation.createdAt = "no date at all";
    await Promise.all([newSettlement(), bad, newSettlement()].map((settlement) => queue.settle(settlement)));
    await expectCharged(2);
    expect(await readdir(directory)).toEqual(["refused-settlements.jsonl"]);
    expect(queue.isInOutage).toBe(false);
  });
});

describe("while the database is away", () => {
  test("settlements are done when they are in the journal, and written when it is back", async () => {
    const queue = newQueue();
    await database.gate.close();
    await Promise.all(Array.from({ length: 50 }, () => queue.settle(newSettlement())));
    expect(queue.isInOutage).toBe(true);
    expect(await readdir(directory)).not.toEqual([]);
    await database.gate.open();
    await waitFor("the end of the outage", () => !queue.isInOutage);
    await expectCharged(50);
    expect(await readdir(directory)).toEqual([]);
  });

  test("one that reaches the journal after the last look into it is written all the same", async () => {
    // An append that takes so long that the outage seems over meanwhile.
    let release: () => void = () => undefined;
    class SlowJournal extends SettlementJournal {
      slow = false;
      override async append(settlements: readonly Settlement[]): Promise<void> {
        if (this.slow) await new Promise<void>((resolve) => (release = resolve));
        await super.append(settlements);
      }
    }
    const journal = new SlowJournal(directory, INSTANCE);
    const queue = newQueue(journal);
    await database.gate.close();
    await queue.settle(newSettlement());
    journal.slow = true;
    const late = queue.settle(newSettlement());
    await database.gate.open();
    await waitFor("the first to be written", async () => (await entryCount()) === 1);
    await waitFor("the end of the outage", () => !queue.isInOutage);
    release();
    await late;
    await waitFor("the late one to be written", async () => (await entryCount()) === 2);
    await expectCharged(2);
    expect(await readdir(directory)).toEqual([]);
  });

  test("a journal that cannot be written to, either, makes settlements wait and loses none", async () => {
    const file = join(directory, "a file, not a directory");
    writeFileSync(file, "");
    const queue = newQueue(new SettlementJournal(file, INSTANCE));
    await database.gate.close();
    let done = false;
    const settled = queue.settle(newSettlement()).then(() => {
      done = true;
    });
    await sleep(300);
    expect(done).toBe(false);
    await database.gate.open();
    await settled;
    await expectCharged(1);
  });

  test("a connection that broke and can be made again is no outage", async () => {
    const queue = newQueue();
    await queue.settle(newSettlement());
    for (let round = 0; round < 5; round += 1) {
      await database.gate.close();
      await database.gate.open();
      await queue.settle(newSettlement());
      expect(queue.isInOutage).toBe(false);
    }
    await expectCharged(6);
  });
});

describe("holds", () => {
  test("of long generations are noted, those of short ones mostly not, and none outlives its settlement", async () => {
    const queue = newQueue();
    const long = newSettlement();
    queue.open(holdOf(long));
    await waitFor("the hold", async () => (await holdCount()) === 1);
    // Ended at every moment around that at which their holds are written.
    await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const settlement = newSettlement();
        queue.open(holdOf(settlement));
        await sleep(index / 3);
        await queue.settle(settlement);
      }),
    );
    expect(await holdCount()).toBe(1);
    await queue.settle(long);
    expect(await holdCount()).toBe(0);
    await expectCharged(301);
  });

  test("that cannot be written at first are written later, unless their generations have ended", async () => {
    const queue = newQueue();
    const [short, long] = [newSettlement(), newSettlement()];
    await database.gate.close();
    for (const settlement of [short, long]) queue.open(holdOf(settlement));
    await sleep(150);
    await queue.settle(short);
    await database.gate.open();
    await waitFor("the hold", async () => (await holdCount()) > 0);
    expect(await sql(`select "generationId" from "Hold"`)).toEqual([{ generationId: long.generation.id }]);
    await queue.settle(long);
    await waitFor("the end of the outage", () => !queue.isInOutage);
    expect(await holdCount()).toBe(0);
  });
});

test("draining waits for everything that was handed in, and leaves no journal when the database is back", async () => {
  const queue = newQueue();
  await database.gate.close();
  await queue.settle(newSettlement());
  await database.gate.open();
  const settled = [newSettlement(), newSettlement()].map((settlement) => queue.settle(settlement));
  await queue.drain();
  await Promise.all(settled);
  await expectCharged(3);
  expect(await readdir(directory)).toEqual([]);
});

function newSettlement(): Settlement {
  const generation = exampleGeneration(accountId, { costNanoUsd: String(COST) });
  return {
    generation,
    entry: {
      accountId,
      kind: "usage",
      amountNanoUsd: String(-COST),
      generationId: generation.id,
      apiKeyHash: null,
      state: "exact",
      computation: {},
    },
  };
}

function holdOf({ generation }: Settlement): HoldRow {
  const { id: generationId, requestedModel, modelId, streamed, createdAt } = generation;
  const common = { requestedModel, modelId, streamed, createdAt, accountId, apiKeyHash: null };
  return { generationId, instanceId: INSTANCE, amountNanoUsd: "9", ...common };
}

async function expectCharged(count: number): Promise<void> {
  const [row] = await sql(`
    select "balanceNanoUsd" as balance, (select count(*) from "Generation" where "accountId" = a."id") as generations,
      (select sum("amountNanoUsd") from "LedgerEntry" where "accountId" = a."id") as entries
    from "Account" a where "id" = '${accountId}'`);
  const total = String(-COST * count);
  expect(row).toEqual({ balance: total, entries: total, generations: String(count) });
}

async function entryCount(): Promise<number> {
  const [row] = await sql(`select count(*) as count from "LedgerEntry" where "accountId" = '${accountId}'`);
  return Number(row?.count);
}

async function holdCount(): Promise<number> {
  const [row] = await sql(`select count(*) as count from "Hold" where "accountId" = '${accountId}'`);
  return Number(row?.count);
}

/** Past the gate: what is really there. */
function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(database.url, statement);
}
