"use client";

import { type FormEvent, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import type { ToolServer } from "@/lib/schemas/tool-settings";
import { newId } from "../state/new-id";
import { allTools, setServedTools, subscribeToTools } from "./tool-calls";
import { changeToolSettings, noToolSettings, subscribeToToolSettings, toolSettings } from "./tool-settings";
import { useToolServers } from "./use-tool-servers";

/** The tools that models may call, and the servers that offer more of them. */
export function ToolsDialog({ onClose }: { onClose: () => void }) {
  const settings = useSyncExternalStore(subscribeToToolSettings, toolSettings, noToolSettings);
  const troubles = useToolServers();
  const count = useSyncExternalStore(
    subscribeToTools,
    () => allTools().length,
    () => 0,
  );
  const change = (server: ToolServer) =>
    changeToolSettings({
      ...settings,
      servers: settings.servers.map((one) => (one.id === server.id ? server : one)),
    });
  return (
    <Dialog open onClose={onClose} title="Tools" description={`${count} tools can be called in this browser.`}>
      <div className="grid gap-6">
        <ul className="divide-y border-y">
          {allTools().map(({ name, from, description, asks }) => (
            <li key={name} className="flex items-start justify-between gap-4 py-2 text-dense">
              <span className="min-w-0">
                <span className="font-mono">{name}</span> <span className="text-muted text-xs">{from}</span>
                <span className="line-clamp-2 text-muted">{description}</span>
              </span>
              {asks && settings.allowed.includes(name) ? (
                <Button
                  size="small"
                  variant="quiet"
                  onClick={() =>
                    changeToolSettings({ ...settings, allowed: settings.allowed.filter((one) => one !== name) })
                  }
                >
                  Ask again
                </Button>
              ) : (
                <span className="shrink-0 text-muted text-xs">{asks ? "asks first" : "runs at once"}</span>
              )}
            </li>
          ))}
        </ul>
        <section className="grid gap-3">
          <h3 className="font-medium text-sm">Tool servers (MCP over HTTP)</h3>
          {settings.servers.map((server) => (
            <div key={server.id} className="grid gap-1">
              <div className="flex items-center gap-3">
                <Switch
                  className="flex-1"
                  hint={<span className="break-all font-mono text-xs">{server.url}</span>}
                  checked={server.isOn}
                  onChange={(event) => change({ ...server, isOn: event.target.checked })}
                >
                  {server.name}
                </Switch>
                <Button
                  size="small"
                  variant="quiet"
                  onClick={() => {
                    setServedTools(server.id, []);
                    changeToolSettings({
                      ...settings,
                      servers: settings.servers.filter(({ id }) => id !== server.id),
                    });
                  }}
                >
                  Remove
                </Button>
              </div>
              {server.isOn && troubles[server.id] !== undefined && <Notice tone="danger">{troubles[server.id]}</Notice>}
            </div>
          ))}
          <AddServer onAdd={(server) => changeToolSettings({ ...settings, servers: [...settings.servers, server] })} />
        </section>
      </div>
    </Dialog>
  );
}

function AddServer({ onAdd }: { onAdd: (server: ToolServer) => void }) {
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const url = text("url");
    if (!/^https?:\/\/\S+$/i.test(url)) {
      setError("must be an http(s) address");
      return;
    }
    setError(undefined);
    const key = text("key");
    onAdd({
      id: newId(),
      name: text("name") === "" ? new URL(url).hostname : text("name"),
      url,
      header: key === "" ? null : { name: "Authorization", value: /\s/.test(key) ? key : `Bearer ${key}` },
      isOn: true,
    });
    event.currentTarget.reset();
  };
  return (
    <form className="grid items-start gap-3 sm:grid-cols-2" onSubmit={submit} noValidate>
      <TextField
        className="sm:col-span-2"
        name="url"
        label="Address"
        placeholder="https://tools.example.com/mcp"
        {...(error === undefined ? {} : { error })}
      />
      <TextField name="name" label="Name" optional />
      <TextField name="key" type="password" autoComplete="off" label="Key" optional hint="Kept in this browser only." />
      <div>
        <Button type="submit">Add server</Button>
      </div>
    </form>
  );
}
