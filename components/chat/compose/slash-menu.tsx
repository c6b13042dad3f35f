"use client";

import { Command } from "cmdk";
import type { RefObject } from "react";
import { ActiveOption } from "@/components/ui/active-option";
import type { suggestSlashCommands } from "@/lib/chatroom/slash-commands";

export type SlashSuggestion = ReturnType<typeof suggestSlashCommands>[number];

type SlashMenuProps = {
  /** Takes the keys of the text field, which holds the focus. */
  root: RefObject<HTMLDivElement | null>;
  commands: readonly SlashSuggestion[];
  onSelect: (command: SlashSuggestion) => void;
  /** The element of the one that is chosen. */
  onActive: (option: Element | undefined) => void;
};

/** The commands that a draft may become, above the field in which it is written. */
export function SlashMenu({ root, commands, onSelect, onActive }: SlashMenuProps) {
  return (
    <Command
      ref={root}
      label="Commands"
      shouldFilter={false}
      vimBindings={false}
      loop
      className="absolute inset-x-0 bottom-full z-10 mb-2 overflow-hidden rounded-panel bg-raised shadow-float"
    >
      <Command.List label="Commands" className="max-h-[min(28rem,50dvh)] overflow-y-auto p-1">
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
      <ActiveOption onActive={onActive} />
    </Command>
  );
}
