"use client";

import { Ghost, MessageSquarePlus, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { Found } from "@/lib/chatroom/find-words";
import { groupRooms, largestFirst } from "@/lib/chatroom/room-list";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { PickBar } from "./pick-bar";
import { RoomList } from "./room-list";
import { RoomsMenu } from "./rooms-menu";
import { useRoomHits } from "./use-room-hits";
import { useRoomSizes } from "./use-room-sizes";

/** Why rooms are chosen: to do something with several, or to make space, the largest first. */
export type PickingWhy = "any" | "space";

type RoomSidebarProps = {
  rooms: readonly Room[];
  onOpen: (id: string, found: Found | undefined) => void;
  /** `undefined` while rooms are opened and not chosen. */
  picking: PickingWhy | undefined;
  onPicking: (why: PickingWhy | undefined) => void;
};

/** All rooms of this browser: found by their name and by what was said in them, grouped by day; several can be chosen. */
export function RoomSidebar({ rooms, onOpen, picking, onPicking }: RoomSidebarProps) {
  const { newRoom } = useChat();
  const [query, setQuery] = useState("");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { hits, isSearching } = useRoomHits(query, rooms);
  const sizes = useRoomSizes(picking !== undefined, rooms);
  const found = useMemo(
    () => groupRooms(rooms, query, Date.now(), -new Date().getTimezoneOffset(), hits),
    [rooms, query, hits],
  );
  const shown = found.flatMap((group) => group.rooms);
  const groups = picking === "space" ? largestFirst(shown, sizes.bytes) : found;
  // Only what is in sight is ever deleted.
  const chosen = shown.filter(({ id }) => picked.has(id)).map(({ id }) => id);

  const endPicking = () => {
    setPicked(new Set());
    onPicking(undefined);
  };
  const pick = (id: string, isPicked: boolean) => {
    const others = [...picked].filter((one) => one !== id);
    setPicked(new Set(isPicked ? [...others, id] : others));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key for what the "Done" button does as well
    <div
      className="flex h-full min-h-0 flex-col"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || picking === undefined || event.defaultPrevented) return;
        event.preventDefault();
        endPicking();
      }}
    >
      <div className="grid gap-2 p-3 pb-1">
        <div className="flex gap-1">
          <Button size="small" className="flex-1 justify-start" onClick={() => newRoom()}>
            <MessageSquarePlus aria-hidden="true" />
            New room
          </Button>
          <IconButton label="Temporary room" size="small" onClick={() => newRoom(true)}>
            <Ghost aria-hidden="true" />
          </IconButton>
          <RoomsMenu rooms={rooms} />
        </div>
        <Input
          type="search"
          aria-label="Search rooms"
          placeholder="Search rooms"
          prefix={<Search aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {rooms.length > 0 && (
          <div data-keeps-focus className="flex min-h-control-small items-center justify-between gap-2 ps-2 text-dense">
            {picking === undefined ? (
              <span role="status" className="text-muted">
                {isSearching ? "Searching what was said…" : countOf(shown.length)}
              </span>
            ) : (
              <Checkbox
                autoFocus
                aria-label="Select all"
                checked={shown.length > 0 && chosen.length === shown.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = chosen.length > 0 && chosen.length < shown.length;
                }}
                onChange={(event) => setPicked(new Set(event.target.checked ? shown.map(({ id }) => id) : []))}
                className="text-dense"
              >
                <span role="status">{chosen.length === 0 ? "Select all" : `${chosen.length} selected`}</span>
              </Checkbox>
            )}
            <Button
              size="small"
              variant="quiet"
              onClick={() => (picking === undefined ? onPicking("any") : endPicking())}
            >
              {picking === undefined ? "Select" : "Done"}
            </Button>
          </div>
        )}
      </div>
      <nav aria-label="Rooms" data-keeps-focus className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <RoomList
          groups={groups}
          hits={hits}
          onOpen={onOpen}
          picking={picking === undefined ? undefined : { picked, bytes: sizes.bytes, onPick: pick }}
        />
        {groups.length === 0 && !isSearching && (
          <p className="px-2 py-4 text-dense text-muted">
            {query === ""
              ? "What you ask will be kept here, in this browser."
              : "No room is called that, and it was said in none."}
          </p>
        )}
      </nav>
      {picking !== undefined && (
        <PickBar picked={chosen} sizes={sizes} isFull={picking === "space"} onDone={endPicking} />
      )}
    </div>
  );
}

function countOf(rooms: number): string {
  return `${rooms} ${rooms === 1 ? "room" : "rooms"}`;
}
