import "fake-indexeddb/auto";
import { type IDBPDatabase, openDB } from "idb";
import { expect, test, vi } from "vitest";
import { openIndexedRoomStore } from "./indexed-room-store";
import { measureRooms } from "./measure-rooms";
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
  await store.saveDraft({ roomId: "room", text: "Dear", files: [], changedMs: 1 });
  await store.saveDraft({ roomId: "other", text: "Dear", files: [], changedMs: 1 });
  await store.deleteRooms(["room", "never there"]);
  expect((await store.listRooms()).map(({ id }) => id)).toEqual(["other"]);
  expect(await store.getTurns("room")).toEqual([]);
  expect(await store.getFile("file")).toBeUndefined();
  expect(await store.getDraft("room")).toBeUndefined();
  expect(await (await store.getFile("kept"))?.text()).toBe("hello");
  expect(await store.getDraft("other")).toMatchObject({ text: "Dear" });
});

test("says how much the files of each room have, and shows every turn once", async () => {
  const store = await open();
  await store.saveFile(file);
  await store.saveFile({ ...file, id: "second", bytes: 7 });
  await store.saveFile({ ...file, id: "elsewhere", roomId: "other" });
  expect(await store.fileBytes()).toEqual(
    new Map([
      ["room", 12],
      ["other", 5],
    ]),
  );

  const turns = Array.from({ length: 450 }, (_, index) => testTurn(`t${String(index).padStart(3, "0")}`));
  await store.importRooms([{ room, turns }], []);
  const seen: string[] = [];
  await store.scanTurns((some) => void seen.push(...some.map(({ id }) => id)));
  expect(seen).toEqual(turns.map(({ id }) => id));
  const bytes = await measureRooms(store);
  expect(bytes.get("other")).toBe(5);
  expect(bytes.get("room")).toBeGreaterThan(450 * 100);
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

type OldForm = { version: number; upgrade: (database: IDBPDatabase) => void; hasFiles: boolean };

const FIRST: OldForm = {
  version: 1,
  upgrade: (database) => {
    database.createObjectStore("rooms", { keyPath: "id" });
    database.createObjectStore("turns", { keyPath: "id" }).createIndex("roomId", "roomId");
  },
  hasFiles: false,
};
const SECOND: OldForm = {
  version: 2,
  upgrade: (database) => {
    FIRST.upgrade(database);
    database.createObjectStore("files", { keyPath: "id" }).createIndex("roomId", "roomId");
  },
  hasFiles: true,
};

test.each([FIRST, SECOND])("what was kept in form $version is kept in the newest one", async (form) => {
  const person = newPerson();
  const old = await openDB(`signalbox-chat-${person}`, form.version, { upgrade: form.upgrade });
  const other = { ...room, id: "other", title: "Größe 𝄞", isPinned: true };
  await old.put("rooms", room);
  await old.put("rooms", other);
  await old.put("turns", testTurn("a"));
  await old.put("turns", testTurn("b", { roomId: "other" }));
  if (form.hasFiles) await old.put("files", file);
  old.close();

  const store = await open(person);
  expect(await store.listRooms()).toEqual([other, room]);
  expect(await store.getTurns("room")).toEqual([testTurn("a")]);
  expect(await store.getTurns("other")).toEqual([testTurn("b", { roomId: "other" })]);
  if (!form.hasFiles) await store.saveFile(file);
  expect(await (await store.getFile("file"))?.text()).toBe("hello");
  // All that the newest form has besides is there too.
  await store.saveDraft({ roomId: "room", text: "Dear", files: [], changedMs: 1 });
  await store.sweepRoom("room", 1);
  await store.deleteRooms(["room"]);
  expect(await store.listRooms()).toEqual([other]);
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

test("so it is when the browser only aborts, as Chromium does", async () => {
  const store = await open();
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore) {
    const { transaction } = this;
    const request = this.add({ id: "never kept" });
    Object.defineProperty(transaction, "error", { value: new DOMException("full", "QuotaExceededError") });
    transaction.abort();
    return request;
  });
  await expect(store.saveTurn(testTurn("a"))).rejects.toBeInstanceOf(StorageFull);
  put.mockRestore();
});
