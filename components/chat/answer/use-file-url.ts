"use client";

import { useEffect, useState } from "react";
import { useChat } from "../chat-context";

/** The address of a kept file in this page; `undefined` until it is there, `null` when it is gone. */
export function useFileUrl(fileId: string): string | null | undefined {
  const { home } = useChat();
  const [url, setUrl] = useState<string | null>();
  useEffect(() => {
    let made: string | undefined;
    let isGone = false;
    // A picture that has just arrived may still be on its way into the store.
    const look = async (attempts: number): Promise<void> => {
      const blob = await home.roomStore.getFile(fileId).catch(() => undefined);
      if (isGone) return;
      if (blob !== undefined) {
        made = URL.createObjectURL(blob);
        setUrl(made);
      } else if (attempts > 0) setTimeout(() => void look(attempts - 1), 150);
      else setUrl(null);
    };
    void look(5);
    return () => {
      isGone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [home, fileId]);
  return url;
}
