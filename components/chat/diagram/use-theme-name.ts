"use client";

import { useSyncExternalStore } from "react";

const DARK = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia(DARK);
  system.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", listener);
  };
}

const read = (): string =>
  document.documentElement.dataset.theme ?? (window.matchMedia(DARK).matches ? "dark" : "light");

/** Which theme the page is in now: changes with the reader's choice, and with the system's. */
export function useThemeName(): string {
  return useSyncExternalStore(subscribe, read, () => "light");
}
