"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { CELL_STYLE, HEAD_CELL_STYLE } from "@/components/ui/table-style";
import type { ShownApiKey } from "@/lib/queries/api-keys";

type ApiKeyTableProps = { keys: readonly ShownApiKey[]; onRevoke: (key: ShownApiKey) => void };

const RESETS = { daily: "a day", weekly: "a week", monthly: "a month" } as const;

export function ApiKeyTable({ keys, onRevoke }: ApiKeyTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Your API keys</caption>
      <thead>
        <tr className="border-b">
          <th scope="col" className={HEAD_CELL_STYLE}>
            Key
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden md:table-cell")}>
            Limit
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden text-end sm:table-cell")}>
            Used
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden md:table-cell")}>
            Created
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden md:table-cell")}>
            Last used
          </th>
          <th scope="col" className={HEAD_CELL_STYLE}>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.hash} className="border-b">
            <th scope="row" className={cn(CELL_STYLE, "wrap-anywhere text-start font-normal")}>
              <span className="font-medium">{key.name}</span> <KeyState apiKey={key} />
              <br />
              <code className="font-mono text-muted text-xs">{key.label}</code>
              {/* What the columns say that have no room on a phone. */}
              <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 text-muted md:hidden">
                <dt>Limit</dt>
                <dd>{limitOf(key)}</dd>
                <dt className="sm:hidden">Used</dt>
                <dd className="sm:hidden">{formatUsd(key.usage)}</dd>
                <dt>Created</dt>
                <dd>
                  <LocalTime iso={key.created_at} precision="day" />
                </dd>
                <dt>Last used</dt>
                <dd>
                  <LastUsed apiKey={key} />
                </dd>
              </dl>
            </th>
            <td className={cn(CELL_STYLE, "hidden md:table-cell")}>{limitOf(key)}</td>
            <td className={cn(CELL_STYLE, "hidden text-end sm:table-cell")} title={`$${key.usage}`}>
              {formatUsd(key.usage)}
            </td>
            <td className={cn(CELL_STYLE, "hidden md:table-cell")}>
              <LocalTime iso={key.created_at} precision="day" />
            </td>
            <td className={cn(CELL_STYLE, "hidden md:table-cell")}>
              <LastUsed apiKey={key} />
            </td>
            <td className={cn(CELL_STYLE, "text-end")}>
              <Button variant="danger" size="small" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
                Revoke
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
