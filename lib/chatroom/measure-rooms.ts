import type { RoomStore } from "./room-store";

/** About how many bytes each room takes, by its id: its files, and what was said in it. */
export async function measureRooms(
  store: Pick<RoomStore, "scanTurns" | "fileBytes">,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const sizes = await store.fileBytes();
  // A letter is taken for a byte: enough to tell a large room from a small one.
  await store.scanTurns((turns) => {
    for (const turn of turns) {
      sizes.set(turn.roomId, (sizes.get(turn.roomId) ?? 0) + JSON.stringify(turn).length);
    }
  }, signal);
  return sizes;
}
