"use client";

import { useEffect, useState } from "react";
import { measureRooms } from "@/lib/chatroom/measure-rooms";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

export type RoomSizes = {
  /** By the room's id. */
  bytes: ReadonlyMap<string, number>;
  /** Of all that this site keeps in this browser; `null` where the browser does not say. */
  space: { usedBytes: number; allBytes: number } | null;
};

const UNKNOWN: RoomSizes = { bytes: new Map(), space: null };

/** What each room takes, and what the browser gives; measured anew when there are other rooms. */
export function useRoomSizes(isWanted: boolean, rooms: readonly Room[]): RoomSizes {
  const { home } = useChat();
  const [sizes, setSizes] = useState(UNKNOWN);
  const ids = rooms.map(({ id }) => id).join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => {
    if (!isWanted) return;
    const abort = new AbortController();
    const measure = async () => {
      const [bytes, estimate] = await Promise.all([
        measureRooms(home.keptStore, abort.signal),
        navigator.storage?.estimate?.(),
      ]);
      if (abort.signal.aborted) return;
      const { usage, quota } = estimate ?? {};
      const space = usage === undefined || quota === undefined ? null : { usedBytes: usage, allBytes: quota };
      setSizes({ bytes, space });
    };
    measure().catch((error: unknown) => home.onStorageError(error));
    return () => abort.abort();
  }, [home, isWanted, ids]);

  return sizes;
}
