import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { FileReference } from "@/lib/schemas/chatroom";
import { openIndexedRoomStore } from "./indexed-room-store";
import { DEFAULT_SETTINGS, newRoom } from "./new-room";
import { LOOSE_FOR_MS } from "./plan-sweep";
import type { RoomStore } from "./room-store";
import { testAnswer, testRound, testTurn } from "./test-data";

const DAY_MS = 24 * 3_600_000;
let now = 1_763_690_000_000;
let lastPerson = 0;

async function openWith(...ids: readonly string[]): Promise<RoomStore> {
  const store = await openIndexedRoomStore(`sweep-${++lastPerson}`, () => undefined);
  await store.saveRoom(newRoom("room", [], DEFAULT_SETTINGS, 1));
  for (const id of ids) await store.saveFile({ ...referenceTo(id), roomId: "room", blob: new Blob([id]) });
  return store;
}

function referenceTo(id: string): FileReference {
  return { id, name: `${id}.txt`, mediaType: "text/plain", kind: "text", bytes: 1 };
}

/** As often as a room is opened and left again, with a while in between. */
async function sweepTwice(store: RoomStore, roomId = "room"): Promise<void> {
  await store.sweepRoom(roomId, now);
  now += LOOSE_FOR_MS;
  await store.sweepRoom(roomId, now);
}

const idsIn = async (store: RoomStore) => (await store.getFiles("room")).map(({ id }) => id);

test("files of questions, of drawn pictures on every version, and of the draft stay; all others go", async () => {
  const store = await openWith("asked", "drawn", "drafted", "never-sent");
  const drawing = testAnswer("x", "one", { rounds: [testRound({ images: [referenceTo("drawn")] })] });
  await store.saveTurn(
    testTurn("a", { attachments: [referenceTo("asked")], answers: [drawing, testAnswer("y", "one")] }),
  );
  await store.saveDraft({ roomId: "room", text: "", files: [referenceTo("drafted")], changedMs: now });
  await sweepTwice(store);
  expect(await idsIn(store)).toEqual(["asked", "drafted", "drawn"]);
});

test("a file of a deleted turn is there while the delete can be undone, and after that is gone", async () => {
  const store = await openWith("asked");
  const turn = testTurn("a", { attachments: [referenceTo("asked")] });
  await store.saveTurn(turn);
  await store.deleteTurns("room", ["a"]);
  await store.sweepRoom("room", now);
  now += LOOSE_FOR_MS - 1;
  await store.sweepRoom("room", now);
  expect(await idsIn(store)).toEqual(["asked"]);

  // Undone: it begins anew the next time.
  await store.saveTurn(turn);
  await sweepTwice(store);
  await store.deleteTurns("room", ["a"]);
  await store.sweepRoom("room", now);
  expect(await idsIn(store)).toEqual(["asked"]);
  now += LOOSE_FOR_MS;
  await store.sweepRoom("room", now);
  expect(await idsIn(store)).toEqual([]);
});

test("a file of a deleted answer goes", async () => {
  const store = await openWith("drawn");
  const turn = testTurn("a", {
    answers: [testAnswer("x", "one", { rounds: [testRound({ images: [referenceTo("drawn")] })] })],
  });
  await store.saveTurn(turn);
  await sweepTwice(store);
  expect(await idsIn(store)).toEqual(["drawn"]);
  await store.saveTurn({ ...turn, answers: [] });
  await sweepTwice(store);
  expect(await idsIn(store)).toEqual([]);
});

test("another room's files are not looked at", async () => {
  const store = await openWith("never-sent");
  await store.saveFile({ ...referenceTo("elsewhere"), roomId: "other", blob: new Blob(["x"]) });
  await sweepTwice(store);
  expect((await store.getFiles("other")).map(({ id }) => id)).toEqual(["elsewhere"]);
});

test("what was begun in a room that was never asked anything stays for a day", async () => {
  const store = await openWith("kept");
  await store.saveTurn(testTurn("a", { attachments: [referenceTo("kept")] }));
  await store.saveFile({ ...referenceTo("begun"), roomId: "unsent", blob: new Blob(["x"]) });
  await store.saveDraft({ roomId: "unsent", text: "Dear", files: [referenceTo("begun")], changedMs: now });
  const filesOfUnsent = async () => (await store.getFiles("unsent")).length;

  await store.sweepUnsent(now);
  now += LOOSE_FOR_MS;
  await store.sweepUnsent(now);
  expect(await filesOfUnsent()).toBe(1);
  expect(await store.getDraft("unsent")).toMatchObject({ text: "Dear" });

  now += DAY_MS;
  await store.sweepUnsent(now);
  expect(await store.getDraft("unsent")).toBeUndefined();
  now += LOOSE_FOR_MS;
  await store.sweepUnsent(now);
  expect(await filesOfUnsent()).toBe(0);
  expect(await idsIn(store)).toEqual(["kept"]);
});
