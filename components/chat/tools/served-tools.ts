import type { ChatTool } from "@/lib/chatroom/tool-box";
import type { ToolServer } from "@/lib/schemas/tool-settings";
import type { ServedTools } from "./tool-server-client";

// What the person's tool servers offer in this page, as they said when they were asked last.

export type ServerState =
  | { kind: "asking" }
  | { kind: "ready"; tools: number }
  /** In words for the person. */
  | { kind: "failed"; trouble: string };

const NONE: Readonly<Record<string, ServerState>> = {};

let states = NONE;
const served = new Map<string, ServedTools>();
/** The newest attempt of each server: what an older one brings is not wanted any more. */
const attempts = new Map<string, object>();
const listeners = new Set<() => void>();

export function serverStates(): Readonly<Record<string, ServerState>> {
  return states;
}

/** What the server's page shows: nobody was asked. */
export const noServerStates = (): Readonly<Record<string, ServerState>> => NONE;

export function servedTools(serverId: string): readonly ChatTool[] {
  return served.get(serverId)?.tools ?? [];
}

/** Asks a server for its tools, once more if it was asked before. */
export async function loadServer(server: ToolServer): Promise<void> {
  forgetServer(server.id);
  const attempt = {};
  attempts.set(server.id, attempt);
  show(server.id, { kind: "asking" });
  try {
    const { loadServedTools } = await import("./tool-server-client");
    const loaded = await loadServedTools(server);
    if (attempts.get(server.id) !== attempt) return loaded.close();
    served.set(server.id, loaded);
    show(server.id, { kind: "ready", tools: loaded.tools.length });
  } catch (error) {
    if (attempts.get(server.id) !== attempt) return;
    show(server.id, {
      kind: "failed",
      trouble: error instanceof Error ? error.message : "The tool server cannot be used.",
    });
  }
}

/** Ends the session with a server that is removed or changed. */
export function forgetServer(serverId: string): void {
  attempts.delete(serverId);
  served.get(serverId)?.close();
  served.delete(serverId);
  states = Object.fromEntries(Object.entries(states).filter(([id]) => id !== serverId));
  tell();
}

export function subscribeToServers(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function show(serverId: string, state: ServerState): void {
  states = { ...states, [serverId]: state };
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
