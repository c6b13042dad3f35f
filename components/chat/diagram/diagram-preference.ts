import { useSyncExternalStore } from "react";

// Whether diagrams are drawn at once. Kept in this browser; off until it is turned on, because drawing is slow.

const KEY = "signalbox-chat-diagrams";
const ON = "on";

const listeners = new Set<() => void>();

function draws(): boolean {
  try {
    return localStorage.getItem(KEY) === ON;
  } catch {
    return false;
  }
}

export function setDrawsDiagrams(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(KEY, ON);
    else localStorage.removeItem(KEY);
  } catch {
    // Forbidden, as in some private windows: it stays off.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab has changed it.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useDrawsDiagrams(): boolean {
  return useSyncExternalStore(subscribe, draws, () => false);
}
