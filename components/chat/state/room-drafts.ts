import { RoomDraft } from "@/lib/chatroom/room-draft";
import type { RoomStore } from "@/lib/chatroom/room-store";
import { isRoomHeld } from "./room-lock";

/** What is being written in the rooms of this page. A draft without a word is forgotten when its room is left. */
export class RoomDrafts {
  private readonly drafts = new Map<string, RoomDraft>();

  /** @param store `null` for a room that leaves no trace */
  of(roomId: string, store: RoomStore | null): RoomDraft {
    const known = this.drafts.get(roomId);
    if (known !== undefined) return known;
    const draft = new RoomDraft({ roomId, store, now: () => Date.now() });
    if (store !== null) {
      this.drafts.set(roomId, draft);
      // What cannot be read is an empty draft: the room itself says that something is broken.
      void draft.load().catch(() => undefined);
    }
    return draft;
  }

  isEmpty(roomId: string): boolean {
    return this.drafts.get(roomId)?.isEmpty ?? true;
  }

  leave(roomId: string): void {
    if (this.isEmpty(roomId)) this.drafts.delete(roomId);
  }

  drop(roomId: string): void {
    this.drafts.delete(roomId);
  }
}

// A room that was never asked anything is in no list. So that a reload finds its draft again, each tab knows its own.

const keyOf = (personId: string) => `signalbox-chat-unsent-${personId}`;

export function rememberUnsentRoom(personId: string, roomId: string): void {
  try {
    sessionStorage.setItem(keyOf(personId), roomId);
  } catch {
    // Full, or forbidden: the draft is gone with the page.
  }
}

/** The room of this tab that has a draft and nothing else. */
export async function findUnsentRoom(personId: string, store: RoomStore): Promise<string | undefined> {
  const id = unsentRoomOf(personId);
  if (id === undefined) return undefined;
  const [room, draft] = await Promise.all([store.getRoom(id), store.getDraft(id)]).catch(() => []);
  if (room !== undefined || draft === undefined) return undefined;
  // A tab that was duplicated knows the room of the other one.
  return (await isRoomHeld(`${personId}-${id}`)) ? undefined : id;
}

function unsentRoomOf(personId: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(personId)) ?? undefined;
  } catch {
    return undefined;
  }
}
