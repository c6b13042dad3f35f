"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { Money } from "@/components/ui/money";
import type { ShownApiKey } from "@/lib/queries/api-keys";

type ApiKeyTableProps = { keys: readonly ShownApiKey[]; onRevoke: (key: ShownApiKey) => void };

const RESETS = { daily: "a day", weekly: "a week", monthly: "a month" } as const;

export function ApiKeyTable({ keys, onRevoke }: ApiKeyTableProps) {
  const columns: readonly Column<ShownApiKey>[] = [
    {
      id: "key",
      header: "Key",
      role: "title",
      cell: (key) => (
        <>
          <span className="font-medium">{key.name}</span> <KeyState apiKey={key} />
          <br />
          <code className="font-mono text-muted text-xs">{key.label}</code>
        </>
      ),
    },
    { id: "limit", header: "Limit", cell: limitOf },
    { id: "used", header: "Used", align: "end", cell: ({ usage }) => <Money usd={usage} /> },
    {
      id: "created",
      header: "Created",
      from: "md",
      cell: ({ created_at }) => <LocalTime iso={created_at} precision="day" />,
    },
    { id: "last-used", header: "Last used", from: "md", cell: (key) => <LastUsed apiKey={key} /> },
    {
      id: "actions",
      header: "Actions",
      role: "actions",
      cell: (key) => (
        <Button variant="danger" size="small" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
          Revoke
        </Button>
      ),
    },
  ];
  return <DataTable label="Your API keys" columns={columns} rows={keys} rowKey={({ hash }) => hash} />;
}

function KeyState({ apiKey }: { apiKey: ShownApiKey }) {
  const expiresMs = apiKey.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(apiKey.expires_at);
  if (apiKey.disabled) return <Badge tone="caution">disabled</Badge>;
  if (expiresMs <= Date.now()) return <Badge tone="caution">expired</Badge>;
  if (apiKey.expires_at === null) return null;
  return (
    <Badge>
      until <LocalTime iso={apiKey.expires_at} precision="day" />
    </Badge>
  );
}

function LastUsed({ apiKey }: { apiKey: ShownApiKey }) {
  if (apiKey.last_used_at === undefined) return "–";
  return apiKey.last_used_at === null ? "Never" : <LocalTime iso={apiKey.last_used_at} />;
}

function limitOf(key: ShownApiKey): string {
  if (key.limit === null) return "None";
  const period = key.limit_reset === null ? "" : ` ${RESETS[key.limit_reset]}`;
  const left = key.limit_remaining === null ? "" : `, ${formatUsd(Math.max(0, key.limit_remaining))} left`;
  return `${formatUsd(key.limit)}${period}${left}`;
}
