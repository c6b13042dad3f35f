import type { RoomSession } from "@/lib/chatroom/room-session";

/** Browsers give the space of what was deleted back after a while. */
const PAUSES_MS = [0, 1_000, 3_000, 8_000] as const;

/** Keeps what these rooms could not keep before. @returns whether all of it is kept now */
export async function catchUp(sessionsOf: () => readonly RoomSession[]): Promise<boolean> {
  for (const pauseMs of PAUSES_MS) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    for (const { keeper } of sessionsOf()) await keeper.catchUp();
    if (!sessionsOf().some(({ keeper }) => keeper.isBehind)) return true;
  }
  return false;
}
