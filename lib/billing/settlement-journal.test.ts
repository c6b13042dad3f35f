import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Settlement } from "@/lib/schemas/settlement";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { SettlementJournal } from "./settlement-journal";

const INSTANCE = 7;

let directory: string;
let journal: SettlementJournal;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "signalbox-journal-")), "journal");
  journal = new SettlementJournal(directory, INSTANCE);
});

afterEach(() => rm(join(directory, ".."), { recursive: true }));

const settlement = (id: string): Settlement => ({ generation: exampleGeneration("account", { id }), entry: null });

/** Replays into a list of ids. */
async function replayed(from = journal): Promise<string[]> {
  const ids: string[] = [];
  await from.replay(async (settlements) => {
    ids.push(...settlements.map(({ generation }) => generation.id));
  });
  return ids;
}

test("gives back what was put in, in order, once", async () => {
  await journal.append([settlement("a"), settlement("b")]);
  await journal.append([settlement("c")]);
  expect(await SettlementJournal.listOwners(directory)).toEqual([INSTANCE]);
  expect(await replayed()).toEqual(["a", "b", "c"]);
  expect(await replayed()).toEqual([]);
  expect(await readdir(directory)).toEqual([]);
});

test("keeps everything while the database refuses to take it", async () => {
  await journal.append([settlement("a")]);
  const away = () => Promise.reject(new Error("away"));
  await expect(journal.replay(away)).rejects.toThrow("away");
  await journal.append([settlement("b")]);
  await expect(journal.replay(away)).rejects.toThrow("away");
  expect(await SettlementJournal.listOwners(directory)).toEqual([INSTANCE]);
  // And for whoever finds it after our death.
  expect(await replayed(new SettlementJournal(directory, INSTANCE))).toEqual(["a", "b"]);
});

test("what is appended while the rest is being written is not deleted with it", async () => {
  await journal.append([settlement("a")]);
  await journal.replay(() => journal.append([settlement("b")]));
  expect(await replayed()).toEqual(["b"]);
});

test("appending and replaying at once loses nothing", async () => {
  const ids = Array.from({ length: 200 }, (_, index) => String(index));
  const found: string[] = [];
  let appended = false;
  const reader = (async () => {
    while (!appended) found.push(...(await replayed()));
  })();
  await Promise.all(ids.map((id) => journal.append([settlement(id)])));
  appended = true;
  await reader;
  found.push(...(await replayed()));
  expect(found.sort()).toEqual([...ids].sort());
});

test("a line that a crash cut short is skipped, and those before it are not", async () => {
  await journal.append([settlement("a")]);
  await appendFile(join(directory, `instance-${INSTANCE}.settlements.jsonl`), '{"generation":{"id":"cut');
  expect(await replayed()).toEqual(["a"]);
});

test("leaves the files of other instances alone", async () => {
  const other = new SettlementJournal(directory, 8);
  await other.append([settlement("other")]);
  expect(await replayed()).toEqual([]);
  expect(await SettlementJournal.listOwners(directory)).toEqual([8]);
  expect(await replayed(other)).toEqual(["other"]);
});

test("a directory that is not there has no owners", async () => {
  expect(await SettlementJournal.listOwners(join(directory, "nowhere"))).toEqual([]);
});

test("what is refused for good is kept, and never replayed", async () => {
  const file = await journal.keepRefused([settlement("bad")]);
  expect(await readFile(file, "utf8")).toContain('"bad"');
  expect(await SettlementJournal.listOwners(directory)).toEqual([]);
  expect(await replayed()).toEqual([]);
});
