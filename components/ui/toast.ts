"use client";

import type { Status } from "./status-dot";

export type ToastMessage = {
  id: number;
  title: string;
  description?: string;
  status: Status;
  /** The way back, such as "Undo". */
  action?: { label: string; onClick: () => void };
};

let nextId = 1;
let shown: readonly ToastMessage[] = [];
const listeners = new Set<() => void>();

/** Says in the corner that something was done, for some seconds. What went wrong belongs beside what it is about. */
export function toast({
  status = "clear",
  ...message
}: Omit<ToastMessage, "id" | "status"> & { status?: Status }): void {
  shown = [...shown, { ...message, status, id: nextId }];
  nextId += 1;
  for (const listener of listeners) listener();
}

export function dismissToast(id: number): void {
  shown = shown.filter((message) => message.id !== id);
  for (const listener of listeners) listener();
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function shownToasts(): readonly ToastMessage[] {
  return shown;
}

const NONE: readonly ToastMessage[] = [];
export function noToasts(): readonly ToastMessage[] {
  return NONE;
}
