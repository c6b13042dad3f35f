"use client";

import { useEffect, useRef } from "react";

type ChatKeys = { newRoom: () => void; addModel: () => void; showKeys: () => void; stop: () => void };

/** The keys that work everywhere in the chat; see `keyboard-map.tsx`. */
export function useChatKeys(keys: ChatKeys): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const does = actionOf(event, newest.current);
      if (does === undefined) return;
      event.preventDefault();
      does();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function actionOf(event: KeyboardEvent, keys: ChatKeys): (() => void) | undefined {
  const { target } = event;
  const isDialogOpen = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
  if (isDialogOpen) return undefined;
  if (event.metaKey || event.ctrlKey) {
    return event.key === "/" ? keys.newRoom : event.key.toLowerCase() === "j" ? keys.addModel : undefined;
  }
  if (event.key === "Escape") return keys.stop;
  const isWriting =
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
  if (isWriting) return undefined;
  if (event.key === "?") return keys.showKeys;
  if (event.key === "/") return () => document.getElementById("composer")?.focus();
  return undefined;
}
