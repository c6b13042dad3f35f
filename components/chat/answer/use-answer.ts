"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { Answer } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

/** An answer as far as it has come: drawn again for its own words only. */
export function useAnswer(kept: Answer): Answer {
  const { session } = useChat();
  const subscribe = useCallback(
    (listener: () => void) => session.subscribeToAnswer(kept.id, listener),
    [session, kept.id],
  );
  const read = () => session.liveAnswer(kept.id) ?? kept;
  return useSyncExternalStore(subscribe, read, () => kept);
}
