"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useChat } from "./chat-context";
import type { StorageProblem } from "./state/chat-home";

type StorageNoticeProps = { problem: StorageProblem; onShowRooms: () => void };

/** Rooms cannot be kept, or not any more: what is so, and what can be chosen. */
export function StorageNotice({ problem, onShowRooms }: StorageNoticeProps) {
  const { home, view } = useChat();
  const exportAll = () =>
    void import("./rooms/chat-files").then(({ saveRooms }) =>
      saveRooms(
        home,
        home.getState().rooms.map(({ id }) => id),
      ),
    );
  switch (problem) {
    case "full":
      return (
        <Notice tone="danger">
          <p>The browser has no room left: what is new in “{view.room.title}” is not kept.</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="small" onClick={onShowRooms}>
              Delete rooms
            </Button>
            <Button size="small" onClick={exportAll}>
              Export all rooms
            </Button>
            <Button size="small" variant="quiet" onClick={() => home.dismissProblem()}>
              Go on without keeping it
            </Button>
          </div>
        </Notice>
      );
    case "outdated":
      return (
        <Notice tone="caution">
          A newer version of this page is open in another tab.{" "}
          <button type="button" className="underline underline-offset-4" onClick={() => window.location.reload()}>
            Load this one again
          </button>
        </Notice>
      );
    case "unavailable":
      return (
        <Notice tone="caution">
          This browser keeps nothing, as in a private window: rooms are gone when the page is closed.
        </Notice>
      );
    case "broken":
      return (
        <Notice tone="danger">
          Something could not be kept.{" "}
          <button type="button" className="underline underline-offset-4" onClick={exportAll}>
            Export all rooms
          </button>{" "}
          to be safe, then load the page again.
        </Notice>
      );
  }
}
