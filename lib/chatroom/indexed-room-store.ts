import type { Turn } from "@/lib/schemas/chatroom";
import { type ChatDatabase, openChatDatabase, writeAll } from "./chat-database";
import { isEmptyDraft, type RoomStore, sumByRoom } from "./room-store";
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

  const tellingOf = async (roomIds: readonly string[], written: Promise<void>): Promise<void> => {
    await written;
    for (const id of roomIds) channel.postMessage(id);
  };

  return {
    listRooms: () => database.getAll("rooms"),
    getRoom: (id) => database.get("rooms", id),
    getTurns: (roomId) => database.getAllFromIndex("turns", "roomId", roomId),
    saveRoom: (room) =>
      tellingOf(
        [room.id],
        writeAll(database, ["rooms"], (writing) => [writing.objectStore("rooms").put(room)]),
      ),
    saveTurn: (turn) =>
      tellingOf(
        [turn.roomId],
        writeAll(database, ["turns"], (writing) => [writing.objectStore("turns").put(turn)]),
      ),
    deleteTurns: (roomId, ids) =>
      tellingOf(
        [roomId],
        writeAll(database, ["turns"], (writing) => ids.map((id) => writing.objectStore("turns").delete(id))),
      ),
    deleteRooms: (ids) =>
      tellingOf(
        ids,
        writeAll(database, EVERYTHING, (writing) =>
          ids.flatMap((id) => [
            writing.objectStore("rooms").delete(id),
            writing.objectStore("drafts").delete(id),
            ...OF_ROOMS.map(async (name) => {
              const store = writing.objectStore(name);
              const keys = await store.index("roomId").getAllKeys(id);
              await Promise.all(keys.map((key) => store.delete(key)));
            }),
          ]),
        ),
      ),
    saveFile: (file) =>
      tellingOf(
        [file.roomId],
        writeAll(database, ["files"], (writing) => [writing.objectStore("files").put(file)]),
      ),
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
      writeAll(database, ["drafts"], (writing) => {
        const drafts = writing.objectStore("drafts");
        return [isEmptyDraft(draft) ? drafts.delete(draft.roomId) : drafts.put(draft)];
      }),
    sweepRoom: (roomId, nowMs) => sweepRoom(database, roomId, nowMs),
    sweepUnsent: (nowMs) => sweepUnsent(database, nowMs),
    importRooms: (rooms, files) =>
      tellingOf(
        rooms.map(({ room }) => room.id),
        writeAll(database, ["rooms", "turns", "files"], (writing) => [
          ...rooms.map(({ room }) => writing.objectStore("rooms").put(room)),
          ...rooms.flatMap(({ turns }) => turns).map((turn) => writing.objectStore("turns").put(turn)),
          ...files.map((file) => writing.objectStore("files").put(file)),
        ]),
      ),
    onForeignChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
