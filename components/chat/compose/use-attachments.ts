"use client";

import { useCallback, useState } from "react";
import { checkAttachment, countPdfPages, MAX_TOTAL_BYTES, SAMPLE_BYTES } from "@/lib/chatroom/check-attachment";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { newId } from "../state/new-id";
import { useDraft } from "./use-draft";

export type Refused = { name: string; reason: string };

/** The files of the question that is being written: checked and kept as they come. */
export function useAttachments() {
  const { home, view } = useChat();
  const roomId = view.room.id;
  const { files, setFiles } = useDraft();
  const [refused, setRefused] = useState<readonly Refused[]>([]);

  const add = useCallback(
    async (given: readonly File[]) => {
      // The room's own, even when another one is open by the time the files were read.
      const store = home.storeOf(roomId);
      const added: FileReference[] = [];
      const turnedAway: Refused[] = [];
      for (const file of given) {
        const name = file.name === "" ? "pasted" : file.name;
        const check = checkAttachment(file.size, new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer()));
        if ("refused" in check) {
          turnedAway.push({ name, reason: check.refused });
          continue;
        }
        const pages = check.kind === "pdf" ? countPdfPages(new Uint8Array(await file.arrayBuffer())) : undefined;
        const reference: FileReference = {
          id: newId(),
          name,
          mediaType: check.mediaType,
          kind: check.kind,
          bytes: file.size,
          ...(pages === undefined ? {} : { pages }),
        };
        try {
          const blob = new Blob([file], { type: check.mediaType });
          await store.saveFile({ ...reference, roomId, blob });
          added.push(reference);
        } catch (error) {
          home.onStorageError(error);
          turnedAway.push({ name, reason: "The browser has no room left for it." });
        }
      }
      setFiles((before) => {
        const all = [...before, ...added];
        const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
        if (total <= MAX_TOTAL_BYTES) return all;
        setRefused((earlier) => [
          ...earlier,
          { name: "All files together", reason: `may have ${MAX_TOTAL_BYTES / 1_048_576} MB at most.` },
        ]);
        for (const { id } of added) void store.deleteFile(id).catch(home.onStorageError);
        return before;
      });
      setRefused(turnedAway);
    },
    [home, roomId, setFiles],
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
