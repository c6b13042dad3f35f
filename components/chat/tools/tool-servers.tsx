"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { randomId } from "@/components/ui/random-id";
import { Switch } from "@/components/ui/switch";
import type { ToolServer } from "@/lib/schemas/tool-settings";
import { forgetServer, loadServer, type ServerState } from "./served-tools";
import { ToolServerForm } from "./tool-server-form";
import { changeToolSettings, toolSettings } from "./tool-settings";

type ToolServersProps = {
  servers: readonly ToolServer[];
  states: Readonly<Record<string, ServerState>>;
};

/** The person's tool servers: each with how it is, and a form for one more. */
export function ToolServers({ servers, states }: ToolServersProps) {
  const [editedId, setEditedId] = useState<string>();
  const change = (server: ToolServer) => changeServers((one) => (one.id === server.id ? [server] : [one]));
  return (
    <section aria-label="Tool servers" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h3 className="font-medium text-sm">Tool servers (MCP over HTTP)</h3>
      {servers.map((server) =>
        server.id === editedId ? (
          <ToolServerForm
            key={server.id}
            server={server}
            onSave={(typed) => {
              // What was known of it is of the old address; the new one is asked at once.
              forgetServer(server.id);
              change({ ...server, ...typed, isOn: true });
              setEditedId(undefined);
            }}
            onCancel={() => setEditedId(undefined)}
          />
        ) : (
          <ServerRow
            key={server.id}
            server={server}
            state={states[server.id]}
            onSwitch={(isOn) => change({ ...server, isOn })}
            onEdit={() => setEditedId(server.id)}
          />
        ),
      )}
      {editedId === undefined && (
        <div className={servers.length === 0 ? undefined : "border-t pt-4"}>
          <ToolServerForm
            // Empty again after each server that was added.
            key={servers.length}
            onSave={(typed) => {
              const { servers: before, ...rest } = toolSettings();
              changeToolSettings({ ...rest, servers: [...before, { ...typed, id: randomId(), isOn: true }] });
            }}
          />
        </div>
      )}
    </section>
  );
}

type ServerRowProps = {
  server: ToolServer;
  state: ServerState | undefined;
  onSwitch: (isOn: boolean) => void;
  onEdit: () => void;
};

function ServerRow({ server, state, onSwitch, onEdit }: ServerRowProps) {
  return (
    <div className="grid gap-1.5">
      <Switch
        hint={<span className="break-all font-mono text-xs">{server.url}</span>}
        checked={server.isOn}
        onChange={(event) => onSwitch(event.target.checked)}
      >
        {server.name}
      </Switch>
      <div className="flex flex-wrap items-center gap-1">
        <span className="me-auto text-muted text-xs" role="status">
          {server.isOn ? wordsFor(state) : "off"}
        </span>
        {server.isOn && state?.kind === "failed" && (
          <Button size="small" variant="quiet" onClick={() => void loadServer(server)}>
            Try again
          </Button>
        )}
        <Button size="small" variant="quiet" aria-label={`Edit ${server.name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button size="small" variant="quiet" aria-label={`Remove ${server.name}`} onClick={() => remove(server)}>
          Remove
        </Button>
      </div>
      {server.isOn && state?.kind === "failed" && <Notice tone="danger">{state.trouble}</Notice>}
    </div>
  );
}

function wordsFor(state: ServerState | undefined): string {
  switch (state?.kind) {
    case undefined:
    case "asking":
      return "asking for its tools…";
    case "ready":
      return state.tools === 1 ? "1 tool" : `${state.tools} tools`;
    case "failed":
      return "cannot be used";
  }
}

/** With it goes what was allowed of it. */
function remove({ id }: ToolServer): void {
  forgetServer(id);
  changeServers((one) => (one.id === id ? [] : [one]));
  const { allowed, ...rest } = toolSettings();
  changeToolSettings({ ...rest, allowed: allowed.filter(({ toolId }) => !toolId.startsWith(`${id}/`)) });
}

function changeServers(changed: (server: ToolServer) => ToolServer[]): void {
  const { servers, ...rest } = toolSettings();
  changeToolSettings({ ...rest, servers: servers.flatMap(changed) });
}
