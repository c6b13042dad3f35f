"use client";

import { Download, FileText, MoreHorizontal, Pencil, Pin, PinOff, Share2, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { Excerpt } from "@/lib/chatroom/find-words";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { RoomExcerpt } from "./room-excerpt";
import { canShareFiles, useRoomFiles } from "./use-room-files";

type RoomRowProps = {
  room: Room;
  /** Where the words that are looked for were said. */
  excerpt: Excerpt | undefined;
  isCurrent: boolean;
  onOpen: () => void;
};

/** One room of the list, with what can be done to it. */
export function RoomRow({ room, excerpt, isCurrent, onOpen }: RoomRowProps) {
  const { home } = useChat();
  const { exportRooms, saveAsMarkdown } = useRoomFiles();
  const [name, setName] = useState<string>();
  const [isDeleting, setDeleting] = useState(false);
  const title = room.title === "" ? "Untitled" : room.title;

  if (name !== undefined) {
    const keep = () => {
      if (name.trim() !== "") void home.renameRoom(room, name.trim());
      setName(undefined);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Enter") keep();
      if (event.key === "Escape") setName(undefined);
    };
    return (
      <input
        // biome-ignore lint/a11y/noAutofocus: it takes the place of what was clicked
        autoFocus
        aria-label="Name of the room"
        value={name}
        className={CONTROL_STYLE}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
    );
  }

  return (
    <div className={cn("group/room flex items-center rounded-control hover:bg-hover", isCurrent && "bg-hover")}>
      <button
        type="button"
        aria-current={isCurrent ? "true" : undefined}
        className={cn("min-w-0 flex-1 rounded-control px-2 py-1.5 text-start text-dense", isCurrent && "font-medium")}
        onClick={onOpen}
      >
        <span className="block truncate">{title}</span>
        {excerpt !== undefined && <RoomExcerpt excerpt={excerpt} />}
      </button>
      <span className="opacity-0 focus-within:opacity-100 group-hover/room:opacity-100 max-lg:opacity-100">
        <Menu
          label={`What to do with ${title}`}
          trigger={
            <IconButton label={`More for ${title}`} size="small">
              <MoreHorizontal aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={() => setName(room.title)}>
            Rename
          </MenuItem>
          <MenuItem
            icon={room.isPinned ? <PinOff /> : <Pin />}
            onSelect={() => void home.changeRoom({ ...room, isPinned: !room.isPinned })}
          >
            {room.isPinned ? "Unpin" : "Pin"}
          </MenuItem>
          <MenuItem icon={<Download />} onSelect={() => exportRooms([room.id])}>
            Export
          </MenuItem>
          <MenuItem icon={<FileText />} onSelect={() => saveAsMarkdown(room.id)}>
            Save as markdown
          </MenuItem>
          <ShareItem roomId={room.id} />
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setDeleting(true)}>
            Delete
          </MenuItem>
        </Menu>
      </span>
      <ConfirmDialog
        open={isDeleting}
        onClose={() => setDeleting(false)}
        title={`Delete “${title}”?`}
        description="It is kept in this browser only, so nobody can bring it back. Export it first if you may need it."
        confirmLabel="Delete room"
        onConfirm={() => {
          setDeleting(false);
          void home.deleteRooms([room.id]);
        }}
      />
    </div>
  );
}

function ShareItem({ roomId }: { roomId: string }) {
  const { share } = useRoomFiles();
  if (!canShareFiles()) return null;
  return (
    <MenuItem icon={<Share2 />} onSelect={() => share(roomId)}>
      Share
    </MenuItem>
  );
}
