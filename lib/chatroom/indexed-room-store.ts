import type { Turn } from "@/lib/schemas/chatroom";
import { type ChatDatabase, openChatDatabase } from "./chat-database";
import { isEmptyDraft, type RoomStore, StorageFull, sumByRoom } from "./room-store";
import { sweepRoom, sweepUnsent } from "./sweep-files";

const EVERYTHING = ["rooms", "turns", "files", "drafts", "loose"] as const;
const OF_ROOMS = ["turns", "files", "loose"] as const;

/** A scan lets others write in between, and can be given up. */
const TURNS_AT_ONCE = 200;

/**
 * The rooms that this browser keeps for one person.
 *
 * @param onOutdated another page has a newer form of them and waits: this one can go on no longer
 * @throws StorageOutdated when they already have a newer form
 */
export async function openIndexedRoomStore(personId: string, onOutdated: () => void): Promise<RoomStore> {
  const name = `signalbox-chat-${personId}`;
  return storeOver(await openChatDatabase(name, onOutdated), new BroadcastChannel(name));
}

function storeOver(database: ChatDatabase, channel: BroadcastChannel): RoomStore {
  const listeners = new Set<(roomId: string) => void>();
  channel.addEventListener("message", ({ data }) => {
    if (typeof data === "string") for (const listener of listeners) listener(data);
  });
  // A channel that is listened to keeps a process of tests from ending.
  if ("unref" in channel && typeof channel.unref === "function") channel.unref();

  const quietly = async (write: () => Promise<unknown>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      throw isQuota(error) ? new StorageFull("the browser has no room left", { cause: error }) : error;
    }
  };
  const writing = async (roomId: string, write: () => Promise<unknown>): Promise<void> => {
    await quietly(write);
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
    deleteRooms: async (ids) => {
      const transaction = database.transaction(EVERYTHING, "readwrite");
      const stores = OF_ROOMS.map((name) => transaction.objectStore(name));
      const deletes = ids.flatMap((id) => [
        transaction.objectStore("rooms").delete(id),
        transaction.objectStore("drafts").delete(id),
        ...stores.map(async (store) => {
          const keys = await store.index("roomId").getAllKeys(id);
          await Promise.all(keys.map((key) => store.delete(key)));
        }),
      ]);
      await Promise.all([...deletes, transaction.done]);
      for (const id of ids) channel.postMessage(id);
    },
    saveFile: (file) => writing(file.roomId, () => database.put("files", file)),
    deleteFile: (id) => database.delete("files", id),
    getFile: async (id) => (await database.get("files", id))?.blob,
    getFiles: (roomId) => database.getAllFromIndex("files", "roomId", roomId),
    scanTurns: async (visit, signal) => {
      let after: IDBKeyRange | null = null;
      while (signal?.aborted !== true) {
        const turns: Turn[] = await database.getAll("turns", after, TURNS_AT_ONCE);
        visit(turns);
        const last = turns.at(-1);
        if (last === undefined || turns.length < TURNS_AT_ONCE) return;
        after = IDBKeyRange.lowerBound(last.id, true);
      }
    },
    fileBytes: async () => sumByRoom(await database.getAll("files")),
    getDraft: (roomId) => database.get("drafts", roomId),
    saveDraft: (draft) =>
      quietly(() => (isEmptyDraft(draft) ? database.delete("drafts", draft.roomId) : database.put("drafts", draft))),
    sweepRoom: (roomId, nowMs) => sweepRoom(database, roomId, nowMs),
    sweepUnsent: (nowMs) => sweepUnsent(database, nowMs),
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
