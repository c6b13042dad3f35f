"use client";

import { useMemo } from "react";
import { toast } from "@/components/ui/toast";
import { useChat } from "../chat-context";

/** Rooms as files of the person's. What reads and writes them is loaded when it is first wanted. */
export function useRoomFiles() {
  const { home, models } = useChat();
  return useMemo(() => {
    const nameOf = (modelId: string) => models.get(modelId)?.name ?? modelId;
    const load = () => import("./chat-files");
    const orSay = (work: Promise<void>) =>
      void work.catch(() => toast({ title: "That did not work", description: "Try it again.", status: "stop" }));
    return {
      exportRooms: (ids: readonly string[]) => orSay(load().then(({ saveRooms }) => saveRooms(home, ids))),
      saveAsMarkdown: (id: string) => orSay(load().then(({ saveMarkdown }) => saveMarkdown(home, id, nameOf))),
      share: (id: string) => orSay(load().then(({ shareRoom }) => shareRoom(home, id, nameOf))),
    };
  }, [home, models]);
}

/** Whether this browser hands files to others of the system. Asked in what only a click shows: the server cannot know. */
export function canShareFiles(): boolean {
  const probe = { files: [new File([""], "room.txt", { type: "text/plain" })] };
  return typeof navigator.canShare === "function" && navigator.canShare(probe);
}
