import { z } from "zod";

// The person's tool servers and what they have allowed. Kept in this browser: keys of tool servers are nobody else's.

const toolServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  /** Sent with every request to it, and kept nowhere else. */
  header: z.object({ name: z.string(), value: z.string() }).nullable(),
  isOn: z.boolean(),
});
export type ToolServer = z.infer<typeof toolServerSchema>;

const toolSettingsSchema = z.object({
  servers: z.array(toolServerSchema),
  /** Tools that need not ask any more. */
  allowed: z.array(z.string()),
});
export type ToolSettings = z.infer<typeof toolSettingsSchema>;

const KEY = "signalbox-chat-tools";
const NONE: ToolSettings = { servers: [], allowed: [] };

let current: ToolSettings | undefined;
const listeners = new Set<() => void>();

export function toolSettings(): ToolSettings {
  current ??= read();
  return current;
}

/** What the server shows: it knows none. */
export const noToolSettings = (): ToolSettings => NONE;

export function changeToolSettings(changed: ToolSettings): void {
  current = changed;
  try {
    localStorage.setItem(KEY, JSON.stringify(changed));
  } catch {
    // Full, or forbidden: they hold for this page at least.
  }
  for (const listener of listeners) listener();
}

export function subscribeToToolSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function read(): ToolSettings {
  try {
    return toolSettingsSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    return NONE;
  }
}
