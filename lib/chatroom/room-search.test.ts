import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { openIndexedRoomStore } from "./indexed-room-store";
import { DEFAULT_SETTINGS, newRoom } from "./new-room";
import { type RoomHits, RoomSearch } from "./room-search";
import { memoryRoomStore, type RoomStore } from "./room-store";
import { testAnswer, testRound, testTurn } from "./test-data";

const never = new AbortController().signal;
const ignore = () => undefined;
const idsOf = (hits: RoomHits | undefined) => [...(hits?.keys() ?? [])];

async function fill(store: RoomStore, said: Readonly<Record<string, readonly string[]>>): Promise<RoomStore> {
  for (const [roomId, texts] of Object.entries(said)) {
    await store.saveRoom(newRoom(roomId, [], DEFAULT_SETTINGS, 1));
    for (const [index, text] of texts.entries()) {
      const answers = [testAnswer(`${roomId}-${index}-x`, "one", { rounds: [testRound({ text })] })];
      await store.saveTurn(testTurn(`${roomId}-${index}`, { roomId, text: "?", createdMs: index, answers }));
    }
  }
  return store;
}

test("finds the newest place of each room", async () => {
  const store = await fill(memoryRoomStore(), { one: ["a lamp", "no", "the lamp again", "no"], two: ["none"] });
  const hits = await new RoomSearch(store).find(["lamp"], never, ignore);
  expect(idsOf(hits)).toEqual(["one"]);
  expect(hits?.get("one")).toMatchObject({ turnId: "one-2", answerId: "one-2-x" });
});

test("a query that grows asks the store once, another one again", async () => {
  const store = await fill(memoryRoomStore(), { one: ["a lamp"], two: ["a lantern"] });
  const scanTurns = vi.spyOn(store, "scanTurns");
  const search = new RoomSearch(store);
  expect(idsOf(await search.find(["la"], never, ignore))).toEqual(["one", "two"]);
  expect(idsOf(await search.find(["lam"], never, ignore))).toEqual(["one"]);
  expect(idsOf(await search.find(["lamp", "a"], never, ignore))).toEqual(["one"]);
  expect(scanTurns).toHaveBeenCalledTimes(1);
  // What was dropped on the way is found again.
  expect(idsOf(await search.find(["lan"], never, ignore))).toEqual(["two"]);
  expect(scanTurns).toHaveBeenCalledTimes(2);

  await fill(store, { three: ["a lance"] });
  search.forget();
  expect(idsOf(await search.find(["lanc"], never, ignore))).toEqual(["three"]);
});

test("reads the store in pieces, tells what it has found, and stops when nobody wants it any more", async () => {
  const store = await openIndexedRoomStore("search", () => undefined);
  const turns = Array.from({ length: 1_000 }, (_, index) =>
    testTurn(`t${String(index).padStart(4, "0")}`, { roomId: `r${index}`, text: index % 10 === 0 ? "lamp" : "dark" }),
  );
  await store.importRooms([{ room: newRoom("r0", [], DEFAULT_SETTINGS, 1), turns }], []);
  const told: number[] = [];
  const search = new RoomSearch(store);
  const hits = await search.find(["lamp"], never, (some) => void told.push(some.size));
  expect(hits?.size).toBe(100);
  expect(told).toEqual([20, 40, 60, 80, 100]);

  const abort = new AbortController();
  const visits = vi.fn(() => abort.abort());
  expect(await search.find(["dark"], abort.signal, visits)).toBeUndefined();
  expect(visits).toHaveBeenCalledOnce();
  // What was given up is no answer for what comes after it.
  expect((await search.find(["dark"], never, ignore))?.size).toBe(900);
});

test("twenty thousand turns are looked through in some seconds", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `${"word ".repeat(200)} ${index === 3 ? "needle" : ""}`);
  const rooms = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`r${index}`, texts]));
  const store = await fill(memoryRoomStore(), rooms);
  const startMs = performance.now();
  expect((await new RoomSearch(store).find(["needle"], never, ignore))?.size).toBe(1_000);
  expect(performance.now() - startMs).toBeLessThan(5_000);
});
