import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Room, Turn } from "@/lib/schemas/chatroom";
import { type Draft, StorageFull, StorageOutdated, type StoredFile } from "./room-store";

type ChatTables = {
  rooms: { key: string; value: Room };
  turns: { key: string; value: Turn; indexes: { roomId: string } };
  /** Bytes lie in blobs beside the messages: a message is read often, its files seldom. */
  files: { key: string; value: StoredFile; indexes: { roomId: string } };
  /** What is being written in a room. */
  drafts: { key: string; value: Draft };
  /** Files that no message and no draft named when they were last looked for. */
  loose: { key: string; value: { id: string; roomId: string; sinceMs: number }; indexes: { roomId: string } };
};

export type ChatDatabase = IDBPDatabase<ChatTables>;

type Upgrade = (
  database: ChatDatabase,
  transaction: IDBPTransaction<ChatTables, StoreNames<ChatTables>[], "versionchange">,
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
  (database) => {
    database.createObjectStore("drafts", { keyPath: "roomId" });
    database.createObjectStore("loose", { keyPath: "id" }).createIndex("roomId", "roomId");
  },
];

/**
 * Opens the database of that name in its newest form, from whichever form it has.
 *
 * @param onOutdated another page has a newer form and waits: this one can go on no longer
 * @throws StorageOutdated when it has a newer form already
 */
export function openChatDatabase(name: string, onOutdated: () => void): Promise<ChatDatabase> {
  return openDB<ChatTables>(name, MIGRATIONS.length, {
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
}

/**
 * Writes all or nothing.
 *
 * @throws StorageFull when the browser has no space left
 */
export async function writeAll<Name extends StoreNames<ChatTables>>(
  database: ChatDatabase,
  names: readonly Name[],
  write: (transaction: IDBPTransaction<ChatTables, Name[], "readwrite">) => readonly Promise<unknown>[],
): Promise<void> {
  const transaction = database.transaction([...names], "readwrite");
  try {
    await Promise.all([...write(transaction), transaction.done]);
  } catch (error) {
    // A browser without space aborts the transaction, and tells what was asked in it only that it was aborted.
    const isFull = isQuota(error) || isQuota(transaction.error);
    throw isFull ? new StorageFull("the browser has no space left", { cause: error }) : error;
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}
