"use client";

import { useEffect, useSyncExternalStore } from "react";
import { loadServer, serverStates } from "./served-tools";
import { noToolSettings, readToolSettings, subscribeToToolSettings, toolSettings } from "./tool-settings";

/** Asks every tool server that is on for its tools, once. */
export function useToolServers(): void {
  const { servers } = useSyncExternalStore(subscribeToToolSettings, toolSettings, noToolSettings);
  useEffect(() => void readToolSettings(), []);
  useEffect(() => {
    for (const server of servers) {
      if (server.isOn && serverStates()[server.id] === undefined) void loadServer(server);
    }
  }, [servers]);
}
