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

/** A question that is being written. */
export type Draft = { roomId: string; text: string; files: FileReference[]; changedMs: number };

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
  /** With their turns, files and drafts; all or none. */
  deleteRooms(ids: readonly string[]): Promise<void>;
  saveFile(file: StoredFile): Promise<void>;
  deleteFile(id: string): Promise<void>;
  getFile(id: string): Promise<Blob | undefined>;
  getFiles(roomId: string): Promise<StoredFile[]>;
  /** Shows every turn that is kept, some at a time, until all were shown or the signal says that nobody wants them. */
  scanTurns(visit: (turns: readonly Turn[]) => void, signal?: AbortSignal): Promise<void>;
  /** How many bytes the files of each room have, by its id. */
  fileBytes(): Promise<Map<string, number>>;
  getDraft(roomId: string): Promise<Draft | undefined>;
  /** One without a word and a file is deleted. Other pages are told nothing of it. */
  saveDraft(draft: Draft): Promise<void>;
  /** Removes the files of a room that nothing has named for a while. */
  sweepRoom(roomId: string, nowMs: number): Promise<void>;
  /** The same for all rooms that were never asked anything. */
  sweepUnsent(nowMs: number): Promise<void>;
  /** All or nothing. A room of the same id is replaced, as are turns; those it has besides are left. */
  importRooms(rooms: readonly WholeRoom[], files: readonly StoredFile[]): Promise<void>;
  /** Hears of each room that another page has changed. @returns what ends it */
  onForeignChange(listener: (roomId: string) => void): () => void;
};

/** A store that is gone with the page: for temporary rooms. */
export function memoryRoomStore(): RoomStore {
  const rooms = new Map<string, Room>();
  const turns = new Map<string, Turn>();
  const files = new Map<string, StoredFile>();
  const drafts = new Map<string, Draft>();
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
    deleteRooms: async (ids) => {
      for (const id of ids) {
        rooms.delete(id);
        drafts.delete(id);
        for (const turn of ofRoom(turns, id)) turns.delete(turn.id);
        for (const file of ofRoom(files, id)) files.delete(file.id);
      }
    },
    saveFile: async (file) => void files.set(file.id, file),
    deleteFile: async (id) => void files.delete(id),
    getFile: async (id) => files.get(id)?.blob,
    getFiles: async (roomId) => ofRoom(files, roomId),
    scanTurns: async (visit) => visit([...turns.values()]),
    fileBytes: async () => sumByRoom(files.values()),
    getDraft: async (roomId) => drafts.get(roomId),
    saveDraft: async (draft) => {
      if (isEmptyDraft(draft)) drafts.delete(draft.roomId);
      else drafts.set(draft.roomId, draft);
    },
    // All of it is gone with the page.
    sweepRoom: async () => undefined,
    sweepUnsent: async () => undefined,
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

export function isEmptyDraft({ text, files }: Pick<Draft, "text" | "files">): boolean {
  return text === "" && files.length === 0;
}

/** The bytes of files, added up by their rooms. */
export function sumByRoom(files: Iterable<Pick<StoredFile, "roomId" | "bytes">>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { roomId, bytes } of files) sums.set(roomId, (sums.get(roomId) ?? 0) + bytes);
  return sums;
}
