"use client";

import { Download, Ghost, MessageSquarePlus, MoreHorizontal, Search, Upload } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { groupRooms } from "@/lib/chatroom/room-list";
import { StorageFull } from "@/lib/chatroom/room-store";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { RoomRow } from "./room-row";

type RoomSidebarProps = { rooms: readonly Room[]; onOpen: (id: string) => void };

/** All rooms of this browser: found by their name, grouped by day. */
export function RoomSidebar({ rooms, onOpen }: RoomSidebarProps) {
  const { home, newRoom, view } = useChat();
  const [query, setQuery] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const groups = useMemo(() => groupRooms(rooms, query, Date.now(), -new Date().getTimezoneOffset()), [rooms, query]);

  const load = async (file: File) => {
    const { loadRooms } = await import("./chat-files");
    try {
      const { count, from } = await loadRooms(home, file);
      toast({ title: `${count} ${count === 1 ? "room" : "rooms"} imported from ${from}` });
    } catch (error) {
      if (error instanceof StorageFull) home.onStorageError(error);
      const description = error instanceof Error ? error.message : "It could not be read.";
      toast({ title: "Nothing was imported", description, status: "stop" });
    }
  };

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="grid gap-2 p-3 pb-2">
        <div className="flex gap-1">
          <Button size="small" className="flex-1 justify-start" onClick={() => newRoom()}>
            <MessageSquarePlus aria-hidden="true" />
            New room
          </Button>
          <IconButton label="Temporary room" size="small" onClick={() => newRoom(true)}>
            <Ghost aria-hidden="true" />
          </IconButton>
          <Menu
            label="Rooms as files"
            trigger={
              <IconButton label="Import and export" size="small">
                <MoreHorizontal aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem icon={<Upload />} onSelect={() => picker.current?.click()}>
              Import rooms
            </MenuItem>
            <MenuItem
              icon={<Download />}
              disabled={rooms.length === 0}
              onSelect={() =>
                void import("./chat-files").then(({ saveRooms }) =>
                  saveRooms(
                    home,
                    rooms.map(({ id }) => id),
                  ),
                )
              }
            >
              Export all rooms
            </MenuItem>
          </Menu>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".json,application/json"
            aria-label="A file with rooms"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) void load(file);
              event.target.value = "";
            }}
          />
        </div>
        <Input
          type="search"
          aria-label="Search rooms"
          placeholder="Search rooms"
          prefix={<Search aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <nav aria-label="Rooms" data-keeps-focus className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(({ label, rooms: members }) => (
          <section key={label} aria-label={label}>
            <h2 className="px-2 pt-3 pb-1 text-muted text-xs">{label}</h2>
            <ul>
              {members.map((room) => (
                <li key={room.id} data-keeps-focus>
                  <RoomRow room={room} isCurrent={room.id === view.room.id} onOpen={() => onOpen(room.id)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && (
          <p className="px-2 py-4 text-dense text-muted">
            {query === "" ? "What you ask will be kept here, in this browser." : "No room is called that."}
          </p>
        )}
      </nav>
    </div>
  );
}
