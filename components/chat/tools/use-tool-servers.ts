"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { ToolServer } from "@/lib/schemas/tool-settings";
import { setServedTools } from "./tool-calls";
import { noToolSettings, readToolSettings, subscribeToToolSettings, toolSettings } from "./tool-settings";

const asked = new Set<string>();

/** Asks every tool server that is on for its tools, once. @returns what went wrong, by server */
export function useToolServers(): Readonly<Record<string, string>> {
  const { servers } = useSyncExternalStore(subscribeToToolSettings, toolSettings, noToolSettings);
  const [troubles, setTroubles] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => void readToolSettings(), []);
  useEffect(() => {
    for (const server of servers) {
      if (!server.isOn || asked.has(server.id)) continue;
      asked.add(server.id);
      void load(server).then((trouble) => {
        if (trouble === undefined) return;
        // So that it is asked again when it is switched on again.
        asked.delete(server.id);
        setTroubles((before) => ({ ...before, [server.id]: trouble }));
      });
    }
  }, [servers]);
  return troubles;
}

async function load(server: ToolServer): Promise<string | undefined> {
  try {
    const { loadServedTools } = await import("./tool-server-client");
    setServedTools(server.id, await loadServedTools(server));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "It cannot be used.";
  }
}
