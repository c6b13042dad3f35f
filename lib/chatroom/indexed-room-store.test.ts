import "fake-indexeddb/auto";
import { openDB } from "idb";
import { expect, test, vi } from "vitest";
import { openIndexedRoomStore } from "./indexed-room-store";
import { DEFAULT_SETTINGS, newRoom } from "./new-room";
import { StorageFull, StorageOutdated, type StoredFile } from "./room-store";
import { testTurn } from "./test-data";

let lastPerson = 0;
const newPerson = () => `person-${++lastPerson}`;
const open = (person = newPerson()) => openIndexedRoomStore(person, () => undefined);

const room = newRoom("room", [], DEFAULT_SETTINGS, 1);
const file: StoredFile = {
  id: "file",
  roomId: "room",
  name: "a.txt",
  mediaType: "text/plain",
  kind: "text",
  bytes: 5,
  blob: new Blob(["hello"]),
};

test("keeps rooms, turns and files, and finds them again", async () => {
  const person = newPerson();
  const store = await open(person);
  await store.saveRoom(room);
  await store.saveTurn(testTurn("a"));
  await store.saveTurn(testTurn("elsewhere", { roomId: "other" }));
  await store.saveFile(file);

  const again = await open(person);
  expect(await again.listRooms()).toEqual([room]);
  expect((await again.getTurns("room")).map(({ id }) => id)).toEqual(["a"]);
  expect(await (await again.getFile("file"))?.text()).toBe("hello");
  expect(await (await open()).listRooms()).toEqual([]);
});

test("a room is deleted with all that belongs to it, and nothing else", async () => {
  const store = await open();
  await store.importRooms(
    [
      { room, turns: [testTurn("a")] },
      { room: { ...room, id: "other" }, turns: [testTurn("b", { roomId: "other" })] },
    ],
    [file, { ...file, id: "kept", roomId: "other" }],
  );
  await store.deleteRooms(["room"]);
  expect((await store.listRooms()).map(({ id }) => id)).toEqual(["other"]);
  expect(await store.getTurns("room")).toEqual([]);
  expect(await store.getFile("file")).toBeUndefined();
  expect(await store.getFile("kept")).toBeDefined();
});

test("another page hears what was changed", async () => {
  const person = newPerson();
  const [one, other] = await Promise.all([open(person), open(person)]);
  const heard = vi.fn();
  const stop = other.onForeignChange(heard);
  await one.saveTurn(testTurn("a"));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith("room"));
  stop();
});

test("what was kept in the first form is kept in the next one", async () => {
  const person = newPerson();
  const old = await openDB(`signalbox-chat-${person}`, 1, {
    upgrade: (database) => {
      database.createObjectStore("rooms", { keyPath: "id" });
      database.createObjectStore("turns", { keyPath: "id" }).createIndex("roomId", "roomId");
    },
  });
  await old.put("rooms", room);
  await old.put("turns", testTurn("a"));
  old.close();

  const store = await open(person);
  expect(await store.listRooms()).toEqual([room]);
  expect(await store.getTurns("room")).toHaveLength(1);
  await store.saveFile(file);
  expect(await store.getFiles("room")).toHaveLength(1);
});

test("a page that is older than what is kept says so", async () => {
  const person = newPerson();
  (await openDB(`signalbox-chat-${person}`, 99)).close();
  await expect(open(person)).rejects.toBeInstanceOf(StorageOutdated);
});

test("lets a newer page go on, and says that it cannot itself", async () => {
  const person = newPerson();
  const onOutdated = vi.fn();
  await openIndexedRoomStore(person, onOutdated);
  (await openDB(`signalbox-chat-${person}`, 99)).close();
  expect(onOutdated).toHaveBeenCalledOnce();
});

test("no room left is an error of its own", async () => {
  const store = await open();
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await expect(store.saveTurn(testTurn("a"))).rejects.toBeInstanceOf(StorageFull);
  put.mockRestore();
});
