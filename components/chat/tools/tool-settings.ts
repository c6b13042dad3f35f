import type { ToolSettings } from "@/lib/schemas/tool-settings";

// The person's tool servers and what they have allowed. Kept in this browser: keys of tool servers are nobody else's.

const KEY = "signalbox-chat-tools";
const NONE: ToolSettings = { servers: [], allowed: [] };

let current = NONE;
const listeners = new Set<() => void>();

export function toolSettings(): ToolSettings {
  return current;
}

/** What the server shows: it knows none. */
export const noToolSettings = (): ToolSettings => NONE;

/** Reads what is kept. The check of it is loaded only where there is something. */
export async function readToolSettings(): Promise<void> {
  const kept = keptText();
  if (kept === null || current !== NONE) return;
  const { toolSettingsSchema } = await import("@/lib/schemas/tool-settings");
  const { data } = toolSettingsSchema.safeParse(jsonOf(kept));
  if (data !== undefined) show(data);
}

export function changeToolSettings(changed: ToolSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(changed));
  } catch {
    // Full, or forbidden: they hold for this page at least.
  }
  show(changed);
}

export function subscribeToToolSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function show(settings: ToolSettings): void {
  current = settings;
  for (const listener of listeners) listener();
}

function keptText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
