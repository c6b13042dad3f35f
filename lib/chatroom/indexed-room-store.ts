import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Room, Turn } from "@/lib/schemas/chatroom";
import { type RoomStore, StorageFull, StorageOutdated, type StoredFile } from "./room-store";

type ChatSchema = {
  rooms: { key: string; value: Room };
  turns: { key: string; value: Turn; indexes: { roomId: string } };
  /** Bytes lie in blobs beside the messages: a message is read often, its files seldom. */
  files: { key: string; value: StoredFile; indexes: { roomId: string } };
};

type Upgrade = (
  database: IDBPDatabase<ChatSchema>,
  transaction: IDBPTransaction<ChatSchema, StoreNames<ChatSchema>[], "versionchange">,
) => void;

/** One step per version, each from the one before. Steps are never changed: browsers have taken them. */
const MIGRATIONS: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore("rooms", { keyPath: "id" });
    database.createObjectStore("turns", { keyPath: "id" }).createIndex("roomId", "roomId");
  },
  (database) => {
    database.createObjectStore("files", { keyPath: "id" }).createIndex("roomId", "roomId");
  },
];

const EVERYTHING = ["rooms", "turns", "files"] as const;

/**
 * The rooms that this browser keeps for one person.
 *
 * @param onOutdated another page has a newer form of them and waits: this one can go on no longer
 * @throws StorageOutdated when they already have a newer form
 */
export async function openIndexedRoomStore(personId: string, onOutdated: () => void): Promise<RoomStore> {
  const name = `signalbox-chat-${personId}`;
  const database = await openDB<ChatSchema>(name, MIGRATIONS.length, {
    upgrade: (opened, oldVersion, _newVersion, transaction) => {
      for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(opened, transaction);
    },
    blocking: (_current, _blocked, event) => {
      // The newer page waits for us to let go.
      if (event.target instanceof IDBDatabase) event.target.close();
      onOutdated();
    },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "VersionError") {
      throw new StorageOutdated("this page is older than the rooms that the browser keeps");
    }
    throw error;
  });
  return storeOver(database, new BroadcastChannel(name));
}

function storeOver(database: IDBPDatabase<ChatSchema>, channel: BroadcastChannel): RoomStore {
  const listeners = new Set<(roomId: string) => void>();
  channel.addEventListener("message", ({ data }) => {
    if (typeof data === "string") for (const listener of listeners) listener(data);
  });
  // A channel that is listened to keeps a process of tests from ending.
  if ("unref" in channel && typeof channel.unref === "function") channel.unref();

  const writing = async (roomId: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      throw isQuota(error) ? new StorageFull("the browser has no room left", { cause: error }) : error;
    }
    channel.postMessage(roomId);
  };

  return {
    listRooms: () => database.getAll("rooms"),
    getRoom: (id) => database.get("rooms", id),
    getTurns: (roomId) => database.getAllFromIndex("turns", "roomId", roomId),
    saveRoom: (room) => writing(room.id, () => database.put("rooms", room)),
    saveTurn: (turn) => writing(turn.roomId, () => database.put("turns", turn)),
    deleteTurns: (roomId, ids) =>
      writing(roomId, async () => {
        const transaction = database.transaction("turns", "readwrite");
        await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
      }),
    deleteRoom: (id) =>
      writing(id, async () => {
        const transaction = database.transaction(EVERYTHING, "readwrite");
        const [turns, files] = await Promise.all([
          transaction.objectStore("turns").index("roomId").getAllKeys(id),
          transaction.objectStore("files").index("roomId").getAllKeys(id),
        ]);
        await Promise.all([
          transaction.objectStore("rooms").delete(id),
          ...turns.map((key) => transaction.objectStore("turns").delete(key)),
          ...files.map((key) => transaction.objectStore("files").delete(key)),
          transaction.done,
        ]);
      }),
    saveFile: (file) => writing(file.roomId, () => database.put("files", file)),
    getFile: async (id) => (await database.get("files", id))?.blob,
    getFiles: (roomId) => database.getAllFromIndex("files", "roomId", roomId),
    importRooms: (rooms, files) =>
      writing("", async () => {
        const transaction = database.transaction(EVERYTHING, "readwrite");
        const puts = [
          ...rooms.map(({ room }) => transaction.objectStore("rooms").put(room)),
          ...rooms.flatMap(({ turns }) => turns).map((turn) => transaction.objectStore("turns").put(turn)),
          ...files.map((file) => transaction.objectStore("files").put(file)),
        ];
        await Promise.all([...puts, transaction.done]);
      }),
    onForeignChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}
