"use client";

import dynamic from "next/dynamic";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { suggestSlashCommands } from "@/lib/chatroom/slash-commands";
import type { ActiveCommand, SlashSuggestion } from "./slash-menu";

// Most questions begin without a slash.
const SlashMenu = dynamic(() => import("./slash-menu").then((loaded) => loaded.SlashMenu), { ssr: false });

const MENU_KEYS: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "Enter"]);

type SlashMenuHandle = {
  /** The menu; nothing while the draft is no beginning of a command, or when it was sent away. */
  menu: ReactNode;
  active: ActiveCommand | undefined;
  /** Gives the menu what it has a use for. @returns whether it had one */
  takeKey: (event: KeyboardEvent) => boolean;
};

/** The commands that `draft` may become, chosen with the keys of the field that it is written in. */
export function useSlashMenu(draft: string, onDraft: (draft: string) => void): SlashMenuHandle {
  const root = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState("");
  const [active, setActive] = useState<ActiveCommand>();
  const [dismissed, setDismissed] = useState<string>();
  const commands = draft === dismissed ? [] : suggestSlashCommands(draft);

  const takeKey = (event: KeyboardEvent): boolean => {
    if (commands.length === 0) return false;
    if (event.key === "Escape") {
      setDismissed(draft);
      return true;
    }
    if (root.current === null) return false;
    const isWritten = commands.some(({ name }) => name === chosen && draft === `/${name}`);
    // What is written in full is done at once.
    if (event.key === "Enter" && (isWritten || event.shiftKey)) return false;
    const key = event.key === "Tab" && !event.shiftKey ? "Enter" : event.key;
    if (!MENU_KEYS.has(key)) return false;
    root.current.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return true;
  };

  return {
    active: commands.length === 0 ? undefined : active,
    takeKey,
    menu: commands.length > 0 && (
      <SlashMenu
        root={root}
        commands={commands}
        chosen={chosen}
        onChosen={setChosen}
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
