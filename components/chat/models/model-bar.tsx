"use client";

import { Plus, Settings2, Volume2, VolumeX, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { MAX_ROOM_MODELS } from "@/lib/chatroom/new-room";
import type { RoomModel } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

/** The models that answer in this room, each with its own menu, and the way to one more. */
export function ModelBar() {
  const { view, models, open, isFollower } = useChat();
  const { room } = view;
  if (isFollower) return null;
  return (
    <ul
      aria-label="Models in this room"
      data-keeps-focus
      className="flex min-w-0 flex-1 items-center gap-1 overflow-x-auto"
    >
      {room.models.map((model) => (
        <li key={model.slotId} className="shrink-0">
          <ModelChip model={model} name={models.get(model.modelId)?.name ?? model.modelId} />
        </li>
      ))}
      {room.models.length < MAX_ROOM_MODELS && (
        <li className="shrink-0">
          {room.models.length === 0 ? (
            <Button size="small" onClick={() => open({ kind: "add-model" })}>
              <Plus aria-hidden="true" />
              Choose a model
            </Button>
          ) : (
            <IconButton label="Add a model" shortcut="⌘J" size="small" onClick={() => open({ kind: "add-model" })}>
              <Plus aria-hidden="true" />
            </IconButton>
          )}
        </li>
      )}
    </ul>
  );
}

function ModelChip({ model, name }: { model: RoomModel; name: string }) {
  const { session, view, open } = useChat();
  const { room } = view;
  const change = (models: readonly RoomModel[]) => session.changeRoom({ ...room, models: [...models] });
  const isTuned = Object.keys(model.parameters).length > 0;
  return (
    <span className="flex items-center rounded-control border bg-raised">
      <Menu
        label={`What to do with ${name}`}
        align="start"
        trigger={
          <button
            type="button"
            aria-label={`Model: ${name}${model.isMuted ? ", muted" : ""}`}
            className={cn(
              "flex min-h-control-small items-center gap-1.5 rounded-control px-2.5 text-dense hover:bg-hover",
              model.isMuted && "text-muted line-through",
            )}
          >
            <span className="max-w-44 truncate">{name.split(": ").at(-1)}</span>
            {isTuned && <Settings2 aria-hidden="true" className="size-3.5 text-signal" />}
          </button>
        }
      >
        <MenuItem icon={<Settings2 />} onSelect={() => open({ kind: "model", slotId: model.slotId })}>
          Parameters
        </MenuItem>
        <MenuItem onSelect={() => open({ kind: "replace-model", slotId: model.slotId })} icon={<Plus />}>
          Replace with another
        </MenuItem>
        <MenuItem
          icon={model.isMuted ? <Volume2 /> : <VolumeX />}
          onSelect={() =>
            change(room.models.map((one) => (one.slotId === model.slotId ? { ...one, isMuted: !one.isMuted } : one)))
          }
        >
          {model.isMuted ? "Ask it again" : "Mute"}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<X />} onSelect={() => change(room.models.filter(({ slotId }) => slotId !== model.slotId))}>
          Remove
        </MenuItem>
      </Menu>
    </span>
  );
}
