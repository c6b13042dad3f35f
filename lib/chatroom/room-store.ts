import type { FileReference, Room, Turn } from "@/lib/schemas/chatroom";
import type { WholeRoom } from "./foreign-room";

/** The browser has no room left. What was to be kept is not; everything kept before is as it was. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** Another page of this site is newer and has changed how rooms are kept: this one must be loaded again. */
export class StorageOutdated extends Error {
  override readonly name = "StorageOutdated";
}

export type StoredFile = FileReference & { roomId: string; blob: Blob };

/**
 * Where rooms are kept. Everything that writes tells other pages of this site, and throws {@link StorageFull} when there
 * is no room left.
 */
export type RoomStore = {
  listRooms(): Promise<Room[]>;
  getRoom(id: string): Promise<Room | undefined>;
  getTurns(roomId: string): Promise<Turn[]>;
  saveRoom(room: Room): Promise<void>;
  saveTurn(turn: Turn): Promise<void>;
  deleteTurns(roomId: string, ids: readonly string[]): Promise<void>;
  /** With its turns and files. */
  deleteRoom(id: string): Promise<void>;
  saveFile(file: StoredFile): Promise<void>;
  getFile(id: string): Promise<Blob | undefined>;
  getFiles(roomId: string): Promise<StoredFile[]>;
  /** All or nothing; rooms of the same id are replaced. */
  importRooms(rooms: readonly WholeRoom[], files: readonly StoredFile[]): Promise<void>;
  /** Hears of each room that another page has changed. @returns what ends it */
  onForeignChange(listener: (roomId: string) => void): () => void;
};

/** A store that is gone with the page: for temporary rooms. */
export function memoryRoomStore(): RoomStore {
  const rooms = new Map<string, Room>();
  const turns = new Map<string, Turn>();
  const files = new Map<string, StoredFile>();
  const ofRoom = <Kept extends { roomId: string }>(all: Map<string, Kept>, roomId: string) =>
    [...all.values()].filter((kept) => kept.roomId === roomId);
  return {
    listRooms: async () => [...rooms.values()],
    getRoom: async (id) => rooms.get(id),
    getTurns: async (roomId) => ofRoom(turns, roomId),
    saveRoom: async (room) => void rooms.set(room.id, room),
    saveTurn: async (turn) => void turns.set(turn.id, turn),
    deleteTurns: async (_roomId, ids) => {
      for (const id of ids) turns.delete(id);
    },
    deleteRoom: async (id) => {
      rooms.delete(id);
      for (const turn of ofRoom(turns, id)) turns.delete(turn.id);
      for (const file of ofRoom(files, id)) files.delete(file.id);
    },
    saveFile: async (file) => void files.set(file.id, file),
    getFile: async (id) => files.get(id)?.blob,
    getFiles: async (roomId) => ofRoom(files, roomId),
    importRooms: async (imported, importedFiles) => {
      for (const { room, turns: own } of imported) {
        rooms.set(room.id, room);
        for (const turn of own) turns.set(turn.id, turn);
      }
      for (const file of importedFiles) files.set(file.id, file);
    },
    onForeignChange: () => () => undefined,
  };
}
