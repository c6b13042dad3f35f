"use client";

import dynamic from "next/dynamic";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { suggestSlashCommands } from "@/lib/chatroom/slash-commands";
import type { SlashSuggestion } from "./slash-menu";

// Most questions begin without a slash.
const SlashMenu = dynamic(() => import("./slash-menu").then((loaded) => loaded.SlashMenu), { ssr: false });

const MENU_KEYS: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "Enter"]);

type SlashMenuHandle = {
  /** The menu; nothing while the draft is no beginning of a command, or when it was sent away. */
  menu: ReactNode;
  /** The elements that the field names to say which command is chosen. */
  active: { listId: string | undefined; optionId: string } | undefined;
  /** Gives the menu what it has a use for. @returns whether it had one */
  takeKey: (event: KeyboardEvent) => boolean;
};

/** The commands that `draft` may become, chosen with the keys of the field that it is written in. */
export function useSlashMenu(draft: string, onDraft: (draft: string) => void): SlashMenuHandle {
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Element>();
  const [isDismissed, setDismissed] = useState(false);
  const matching = suggestSlashCommands(draft);
  const hasMatch = matching.length > 0;
  const commands = isDismissed ? [] : matching;
  const isOpen = commands.length > 0;

  useEffect(() => {
    if (!hasMatch) setDismissed(false);
  }, [hasMatch]);

  const takeKey = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    if (event.key === "Escape") {
      setDismissed(true);
      return true;
    }
    const suggested = commands.find(({ name }) => name === active?.getAttribute("data-value")) ?? commands[0];
    // What is written in full is done at once.
    const isWritten = suggested !== undefined && draft === `/${suggested.name}`;
    if (event.shiftKey || (event.key === "Enter" && isWritten)) return false;
    const key = event.key === "Tab" ? "Enter" : event.key;
    if (!MENU_KEYS.has(key)) return false;
    if (root.current === null) {
      // The menu is still on its way; whoever types faster knows what they want.
      if (key === "Enter" && suggested !== undefined) onDraft(beginningOf(suggested));
      return true;
    }
    root.current.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return true;
  };

  return {
    active:
      isOpen && active !== undefined
        ? { listId: active.closest('[role="listbox"]')?.id, optionId: active.id }
        : undefined,
    takeKey,
    menu: isOpen && (
      <SlashMenu
        root={root}
        commands={commands}
        onSelect={(command) => onDraft(beginningOf(command))}
        onActive={setActive}
      />
    ),
  };
}

/** What is written of a command when it is chosen: with the space before what it still wants to know. */
function beginningOf({ name, usage }: SlashSuggestion): string {
  return `/${name}${usage.includes(" ") ? " " : ""}`;
}
