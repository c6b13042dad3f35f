"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

/** The question that is being written in the open room; it is there again when the room is. */
export function useDraft() {
  const { draft } = useChat();
  const { text, files } = useSyncExternalStore(draft.subscribe, draft.getState, draft.getState);
  const setText = useCallback((words: string) => draft.change(() => ({ text: words })), [draft]);
  const setFiles = useCallback(
    (change: (before: readonly FileReference[]) => readonly FileReference[]) =>
      draft.change((before) => ({ files: change(before.files) })),
    [draft],
  );
  return { text, files, setText, setFiles };
}
