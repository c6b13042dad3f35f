"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useChat } from "./chat-context";
import { useRoomFiles } from "./rooms/use-room-files";
import type { StorageProblem } from "./state/home-state";

type StorageNoticeProps = { problem: StorageProblem; onMakeSpace: () => void };

/** Rooms cannot be kept, or not any more: what is so, and what can be chosen. */
export function StorageNotice({ problem, onMakeSpace }: StorageNoticeProps) {
  const { home, view } = useChat();
  const { exportRooms } = useRoomFiles();
  const exportAll = () => exportRooms(home.getState().rooms.map(({ id }) => id));
  const title = view.room.title === "" ? "this room" : `“${view.room.title}”`;
  const choices = (
    <>
      <Button size="small" onClick={onMakeSpace}>
        Delete rooms
      </Button>
      <Button size="small" onClick={exportAll}>
        Export all rooms
      </Button>
    </>
  );
  switch (problem) {
    case "full":
      return (
        <Notice tone="danger">
          <p>The browser has no space left: what is new in {title} is in this page only, and not kept.</p>
          <div className="mt-2 flex flex-wrap gap-2">
            {choices}
            <Button size="small" variant="quiet" onClick={() => home.dismissProblem()}>
              Go on without keeping it
            </Button>
          </div>
        </Notice>
      );
    case "unkept":
      return (
        <Notice tone="caution">
          <div className="flex flex-wrap items-center gap-2">
            <p>What is new is not kept.</p>
            {choices}
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
