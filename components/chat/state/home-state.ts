import type { RoomDraft } from "@/lib/chatroom/room-draft";
import type { RoomSession } from "@/lib/chatroom/room-session";
import type { Room } from "@/lib/schemas/chatroom";

export type StorageProblem =
  | "full"
  /** Full as well, and the person goes on without keeping what is new. */
  | "unkept"
  | "outdated"
  | "unavailable"
  | "broken";

export type HomeState = {
  isOpen: boolean;
  rooms: readonly Room[];
  session: RoomSession;
  /** What is being written in the open room. */
  draft: RoomDraft;
  isTemporary: boolean;
  /** Another page writes this room; this one shows what it writes. */
  isFollower: boolean;
  problem: StorageProblem | null;
};
