"use client";

import { Download, MoreHorizontal, Upload } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { StorageFull } from "@/lib/chatroom/room-store";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { useRoomFiles } from "./use-room-files";

/** All rooms as a file, and rooms out of one. */
export function RoomsMenu({ rooms }: { rooms: readonly Room[] }) {
  const { home } = useChat();
  const { exportRooms } = useRoomFiles();
  const picker = useRef<HTMLInputElement>(null);

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
    <>
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
          onSelect={() => exportRooms(rooms.map(({ id }) => id))}
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
    </>
  );
}
