"use client";

import { Command, useCommandState } from "cmdk";
import { type RefObject, useEffect } from "react";
import type { suggestSlashCommands } from "@/lib/chatroom/slash-commands";

export type SlashSuggestion = ReturnType<typeof suggestSlashCommands>[number];

/** The elements that a text field names to say which command is chosen. */
export type ActiveCommand = { listId: string; optionId: string };

type SlashMenuProps = {
  /** Takes the keys of the text field, which holds the focus. */
  root: RefObject<HTMLDivElement | null>;
  commands: readonly SlashSuggestion[];
  /** The name of the one that is chosen. */
  chosen: string;
  onChosen: (name: string) => void;
  onSelect: (command: SlashSuggestion) => void;
  onActive: (active: ActiveCommand | undefined) => void;
};

/** The commands that a draft may become, above the field in which it is written. */
export function SlashMenu({ root, commands, chosen, onChosen, onSelect, onActive }: SlashMenuProps) {
  return (
    <Command
      ref={root}
      label="Commands"
      shouldFilter={false}
      vimBindings={false}
      loop
      value={chosen}
      onValueChange={onChosen}
      className="absolute inset-x-0 bottom-full z-10 mb-2 overflow-hidden rounded-panel bg-raised shadow-float"
    >
      <Command.List label="Commands" className="max-h-72 overflow-y-auto p-1">
        {commands.map((command) => (
          <Command.Item
            key={command.name}
            value={command.name}
            onSelect={() => onSelect(command)}
            className="flex select-none justify-between gap-4 rounded-control px-2.5 py-1.5 text-dense data-[selected=true]:bg-hover"
          >
            <span className="shrink-0 font-mono">{command.usage}</span>
            <span className="min-w-0 text-end text-muted">{command.help}</span>
          </Command.Item>
        ))}
      </Command.List>
      <TellActive root={root} onActive={onActive} />
    </Command>
  );
}

function TellActive({ root, onActive }: Pick<SlashMenuProps, "root" | "onActive">): null {
  const optionId = useCommandState(({ selectedItemId }) => selectedItemId);
  useEffect(() => {
    const listId = root.current?.querySelector('[role="listbox"]')?.id;
    onActive(optionId === undefined || listId === undefined ? undefined : { listId, optionId });
    return () => onActive(undefined);
  }, [root, optionId, onActive]);
  return null;
}
