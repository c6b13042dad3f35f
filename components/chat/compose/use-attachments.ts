"use client";

import { useCallback, useRef, useState } from "react";
import { randomId } from "@/components/ui/random-id";
import { checkAttachment, checkRoom, countPdfPages, SAMPLE_BYTES } from "@/lib/chatroom/check-attachment";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { useDraft } from "./use-draft";

export type Refused = { id: string; name: string; reason: string };

/** The files of the question that is being written: checked and kept as they come. */
export function useAttachments() {
  const { home, view, draft } = useChat();
  const roomId = view.room.id;
  const { files, setFiles } = useDraft();
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const queue = useRef(Promise.resolve());

  /** One after the other, so that all see how much room those before them have left. */
  const add = useCallback(
    (given: readonly File[]) => {
      // The room's own, even when another one is open by the time the files were read.
      const store = home.storeOf(roomId);
      queue.current = queue.current.then(async () => {
        const turnedAway: Refused[] = [];
        for (const file of given) {
          const name = file.name === "" ? "pasted" : file.name;
          const added = await readFile(file, name, draft.getState().files);
          if (typeof added === "string") {
            turnedAway.push({ id: randomId(), name, reason: added });
            continue;
          }
          try {
            await store.saveFile({ ...added, roomId, blob: new Blob([file], { type: added.mediaType }) });
            setFiles((before) => [...before, added]);
          } catch (error) {
            home.onStorageError(error);
            turnedAway.push({ id: randomId(), name, reason: "The browser has no room left for it." });
          }
        }
        setRefused(turnedAway);
      });
    },
    [home, roomId, draft, setFiles],
  );

  return {
    files,
    refused,
    add,
    remove: (id: string) => {
      setFiles((before) => before.filter((file) => file.id !== id));
      void home.storeOf(roomId).deleteFile(id).catch(home.onStorageError);
    },
    clear: () => {
      setFiles(() => []);
      setRefused([]);
    },
    dismiss: () => setRefused([]),
  };
}

/** What is kept of a file, or why it is refused. */
async function readFile(file: File, name: string, kept: readonly FileReference[]): Promise<FileReference | string> {
  try {
    const check = checkAttachment(file.size, new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer()));
    if ("refused" in check) return check.refused;
    const full = checkRoom(kept, file.size);
    if (full !== undefined) return full;
    const pages = check.kind === "pdf" ? countPdfPages(new Uint8Array(await file.arrayBuffer())) : undefined;
    return {
      id: randomId(),
      name,
      mediaType: check.mediaType,
      kind: check.kind,
      bytes: file.size,
      ...(pages === undefined ? {} : { pages }),
    };
  } catch {
    // Moved or changed since it was chosen, or a folder.
    return "The browser cannot read it.";
  }
}
