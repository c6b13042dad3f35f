"use client";

import { Ellipsis } from "lucide-react";
import { Ago } from "@/components/ui/ago";
import { iconButtonStyle } from "@/components/ui/button-style";
import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { LocalTime } from "@/components/ui/local-time";
import { Menu, MenuItem, MenuLinkItem, MenuSeparator } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";
import { ApiKeyState } from "./api-key-state";
import { LimitMeter } from "./limit-meter";

export type KeyActions = {
  onOpen: (key: ApiKey) => void;
  onEdit: (key: ApiKey) => void;
  onSwitch: (key: ApiKey) => void;
  onDelete: (key: ApiKey) => void;
};

type ApiKeyTableProps = KeyActions & {
  kind: ApiKeyKind;
  keys: readonly ApiKey[];
  /** The one whose detail is open. */
  openHash: string | undefined;
};

export function ApiKeyTable({ kind, keys, openHash, ...actions }: ApiKeyTableProps) {
  const columns: readonly Column<ApiKey>[] = [
    {
      id: "key",
      header: "Key",
      role: "title",
      cell: (key) => (
        <>
          <button type="button" className={ROW_TARGET_STYLE} onClick={() => actions.onOpen(key)}>
            {key.name}
          </button>{" "}
          <ApiKeyState apiKey={key} />
          <code className="block font-mono text-muted text-xs">{key.label}</code>
        </>
      ),
    },
    ...(kind === "inference" ? SPENDING : []),
    ...(kind === "inference" ? [LAST_USED] : [CREATED]),
    {
      id: "actions",
      header: "Actions",
      role: "actions",
      cell: (key) => <KeyMenu kind={kind} apiKey={key} actions={actions} />,
    },
  ];
  return (
    <DataTable
      label={kind === "inference" ? "Your API keys" : "Your provisioning keys"}
      columns={columns}
      rows={keys}
      rowKey={({ hash }) => hash}
      selectedKey={openHash}
    />
  );
}

const SPENDING: readonly Column<ApiKey>[] = [
  { id: "limit", header: "Limit", cell: (key) => <LimitMeter apiKey={key} /> },
  {
    id: "day",
    onPhone: false,
    header: "Today",
    align: "end",
    from: "lg",
    cell: ({ usage_daily }) => <Money usd={usage_daily} />,
  },
  {
    id: "week",
    onPhone: false,
    header: "This week",
    align: "end",
    from: "xl",
    cell: ({ usage_weekly }) => <Money usd={usage_weekly} />,
  },
  {
    id: "month",
    onPhone: false,
    header: "This month",
    align: "end",
    from: "lg",
    cell: ({ usage_monthly }) => <Money usd={usage_monthly} />,
  },
  { id: "used", header: "Used in all", align: "end", cell: ({ usage }) => <Money usd={usage} /> },
];

const CREATED: Column<ApiKey> = {
  id: "created",
  header: "Created",
  cell: ({ created_at }) => <LocalTime iso={created_at} precision="day" />,
};

const LAST_USED: Column<ApiKey> = {
  id: "last-used",
  header: "Last used",
  from: "md",
  cell: ({ last_used_at }) =>
    last_used_at === null ? <span className="text-muted">Never</span> : <Ago iso={last_used_at} />,
};

function KeyMenu({ kind, apiKey, actions }: { kind: ApiKeyKind; apiKey: ApiKey; actions: KeyActions }) {
  return (
    <Menu
      label={`Actions for ${apiKey.name}`}
      trigger={
        <button
          type="button"
          aria-label={`Actions for ${apiKey.name}`}
          className={iconButtonStyle("quiet", "small", "relative -my-1")}
        >
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      <MenuItem onSelect={() => actions.onEdit(apiKey)}>Edit</MenuItem>
      <MenuItem onSelect={() => actions.onSwitch(apiKey)}>{apiKey.disabled ? "Enable" : "Disable"}</MenuItem>
      {kind === "inference" && (
        <MenuLinkItem href={writeActivityAddress({ key: apiKey.hash })}>Show its activity</MenuLinkItem>
      )}
      <MenuSeparator />
      <MenuItem tone="danger" onSelect={() => actions.onDelete(apiKey)}>
        Delete
      </MenuItem>
    </Menu>
  );
}
