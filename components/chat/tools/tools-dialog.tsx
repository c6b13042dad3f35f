"use client";

import { useMemo, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ChatTool } from "@/lib/chatroom/tool-box";
import type { ToolPermission } from "@/lib/schemas/tool-settings";
import { noServerStates, serverStates, subscribeToServers } from "./served-tools";
import { allTools } from "./tool-calls";
import { ToolServers } from "./tool-servers";
import { changeToolSettings, noToolSettings, subscribeToToolSettings, toolSettings } from "./tool-settings";

/** The tools that models may call, and the servers that offer more of them. */
export function ToolsDialog({ onClose }: { onClose: () => void }) {
  const settings = useSyncExternalStore(subscribeToToolSettings, toolSettings, noToolSettings);
  const states = useSyncExternalStore(subscribeToServers, serverStates, noServerStates);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tools change with these two
  const tools = useMemo(() => allTools(), [settings, states]);
  const forget = (permission: ToolPermission) =>
    changeToolSettings({ ...settings, allowed: settings.allowed.filter((one) => one !== permission) });
  return (
    <Dialog open onClose={onClose} title="Tools" description={`${tools.length} tools can be called in this browser.`}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <ul aria-label="Tools" className="divide-y border-y">
          {tools.map((tool) => (
            <ToolRow
              key={tool.name}
              tool={tool}
              allowed={settings.allowed.filter(({ toolId }) => toolId === tool.id)}
              onForget={forget}
            />
          ))}
        </ul>
        <ToolServers servers={settings.servers} states={states} />
      </div>
    </Dialog>
  );
}

type ToolRowProps = {
  tool: ChatTool;
  allowed: readonly ToolPermission[];
  onForget: (permission: ToolPermission) => void;
};

function ToolRow({ tool: { name, from, description, asks, addressOf }, allowed, onForget }: ToolRowProps) {
  const isAlwaysAllowed = addressOf === undefined && allowed.length > 0;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 py-2 text-dense">
      <span className="min-w-0">
        <span className="wrap-anywhere font-mono">{name}</span> <span className="text-muted text-xs">{from}</span>
        <span className="line-clamp-2 text-muted">{description}</span>
      </span>
      {!isAlwaysAllowed && <span className="text-muted text-xs">{asks ? "asks first" : "runs at once"}</span>}
      {allowed.map((permission) => (
        <span
          key={permission.host ?? ""}
          className="flex flex-wrap items-center justify-between gap-x-3 not-first:col-span-full"
        >
          {permission.host !== null && <span className="wrap-anywhere text-muted">Always: {permission.host}</span>}
          <Button
            size="small"
            variant="quiet"
            aria-label={`Ask again before ${permission.host ?? name}`}
            onClick={() => onForget(permission)}
          >
            Ask again
          </Button>
        </span>
      ))}
    </li>
  );
}
