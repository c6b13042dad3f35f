import type { ChatDatabase } from "./chat-database";
import { namedFiles } from "./named-files";
import { planSweep } from "./plan-sweep";

const SWEPT = ["rooms", "turns", "files", "drafts", "loose"] as const;

/** Of a room that was never asked anything: no page that is left open for less loses what was being written in it. */
const UNSENT_FOR_MS = 24 * 3_600_000;

/**
 * Removes the files of a room that neither a message nor its draft has named for a while; see `plan-sweep.ts`. Everything
 * is read and written in one transaction, so that no message can begin to name a file in between.
 */
export async function sweepRoom(database: ChatDatabase, roomId: string, nowMs: number): Promise<void> {
  // Most rooms have none, and their messages need not be read.
  if ((await database.countFromIndex("files", "roomId", roomId)) === 0) return;
  const transaction = database.transaction(SWEPT, "readwrite");
  const files = transaction.objectStore("files");
  const loose = transaction.objectStore("loose");
  const [turns, draft, fileIds, marks] = await Promise.all([
    transaction.objectStore("turns").index("roomId").getAll(roomId),
    transaction.objectStore("drafts").get(roomId),
    files.index("roomId").getAllKeys(roomId),
    loose.index("roomId").getAll(roomId),
  ]);
  const named = new Set([...turns.flatMap(namedFiles), ...(draft?.files ?? [])].map(({ id }) => id));
  const plan = planSweep({ fileIds, named, loose: new Map(marks.map(({ id, sinceMs }) => [id, sinceMs])), nowMs });
  await Promise.all([
    ...plan.remove.map((id) => files.delete(id)),
    ...[...plan.remove, ...plan.tie].map((id) => loose.delete(id)),
    ...plan.loosen.filter((id) => !plan.remove.includes(id)).map((id) => loose.put({ id, roomId, sinceMs: nowMs })),
    transaction.done,
  ]);
}

/** The same for what was being written in rooms that were never asked anything, and are nowhere to be opened again. */
export async function sweepUnsent(database: ChatDatabase, nowMs: number): Promise<void> {
  const [rooms, drafts, ids] = await Promise.all([
    database.getAllKeys("rooms"),
    database.getAll("drafts"),
    roomIdsOfFiles(database),
  ]);
  const kept = new Set(rooms);
  const forgotten = drafts.filter(({ roomId, changedMs }) => !kept.has(roomId) && nowMs - changedMs >= UNSENT_FOR_MS);
  await Promise.all(forgotten.map(({ roomId }) => database.delete("drafts", roomId)));
  for (const roomId of ids) if (!kept.has(roomId)) await sweepRoom(database, roomId, nowMs);
}

async function roomIdsOfFiles(database: ChatDatabase): Promise<string[]> {
  const found: string[] = [];
  const { store } = database.transaction("files");
  for (let at = await store.index("roomId").openKeyCursor(null, "nextunique"); at !== null; at = await at.continue()) {
    found.push(at.key);
  }
  return found;
}
