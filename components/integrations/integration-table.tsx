"use client";

import { ArrowDown, ArrowUp, Ellipsis } from "lucide-react";
import { useEffect, useRef } from "react";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { iconButtonStyle } from "@/components/ui/button-style";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-count";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import type { ShownCredential } from "@/lib/schemas/provider-credential";
import { IntegrationTest } from "./integration-test";

export type IntegrationActions = {
  onEdit: (credential: ShownCredential) => void;
  onSwitch: (credential: ShownCredential) => void;
  onMove: (credential: ShownCredential, place: number) => void;
  onDelete: (credential: ShownCredential) => void;
};

type IntegrationTableProps = IntegrationActions & {
  /** Of one provider, in the order in which they are tried. */
  credentials: readonly ShownCredential[];
  providerName: string;
};

/** The keys for one provider: what they are for, what was spent with them, and their order. */
export function IntegrationTable({ credentials, providerName, ...actions }: IntegrationTableProps) {
  const columns: readonly Column<ShownCredential>[] = [
    {
      id: "key",
      header: "Key",
      role: "title",
      cell: (credential) => <KeyName credential={credential} />,
    },
    {
      id: "requests",
      header: "Requests",
      align: "end",
      cell: ({ usage }) => formatCount(usage.requests),
    },
    {
      id: "upstream",
      header: "At the provider",
      align: "end",
      cell: ({ usage }) => <Money usd={usage.upstream_cost} />,
    },
    { id: "fees", header: "Fees", align: "end", from: "md", cell: ({ usage }) => <Money usd={usage.fees} /> },
    {
      id: "used",
      header: "Last used",
      from: "lg",
      cell: ({ usage }) =>
        usage.last_used_at === null ? <span className="text-muted">Never</span> : <Ago iso={usage.last_used_at} />,
    },
    {
      id: "actions",
      header: "Actions",
      role: "actions",
      cell: (credential) => (
        <span className="inline-flex flex-wrap items-center justify-end gap-1">
          <IntegrationTest credential={credential} />
          {credentials.length > 1 && (
            <MoveButtons credential={credential} count={credentials.length} onMove={actions.onMove} />
          )}
          <KeyMenu credential={credential} actions={actions} />
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={`Your keys for ${providerName}`}
      columns={columns}
      rows={credentials}
      rowKey={({ id }) => id}
      sticky={false}
    />
  );
}

/** What a key is called in sentences. */
export function nameOf({ name, label }: ShownCredential): string {
  return name ?? label;
}

function KeyName({ credential }: { credential: ShownCredential }) {
  const { name, label, disabled, problem, sandbox, allowed_models, allowed_api_key_hashes } = credential;
  return (
    <>
      <span className="font-medium">{name ?? "Unnamed"}</span>{" "}
      <span className="inline-flex flex-wrap gap-1 align-[0.05em]">
        {disabled && <Badge tone="caution">disabled</Badge>}
        {problem !== null && <Badge tone="danger">cannot be used</Badge>}
        {credential.is_byok_only && <Badge>always used</Badge>}
        {credential.is_required && <Badge>always used for its models</Badge>}
        {credential.is_fallback && <Badge>used last</Badge>}
        {allowed_models !== null && (
          <Badge tone="outline" title={allowed_models.join(", ")}>
            {counted(allowed_models.length, "model")}
          </Badge>
        )}
        {allowed_api_key_hashes !== null && (
          <Badge tone="outline">{counted(allowed_api_key_hashes.length, "API key")}</Badge>
        )}
        {sandbox && <Badge tone="outline">sandbox</Badge>}
      </span>
      <code className="block font-mono text-muted text-xs">{label}</code>
      {problem !== null && <span className="block text-danger text-xs first-letter:uppercase">{problem}</span>}
    </>
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

type MoveButtonsProps = { credential: ShownCredential; count: number; onMove: IntegrationActions["onMove"] };

function MoveButtons({ credential, count, onMove }: MoveButtonsProps) {
  const { sort_order: place } = credential;
  const earlier = useRef<HTMLButtonElement>(null);
  const later = useRef<HTMLButtonElement>(null);
  const pressed = useRef<typeof earlier>(null);

  // The row goes to another place, and the keyboard stays with it. At an end the other button takes over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it has moved
  useEffect(() => {
    const same = pressed.current;
    pressed.current = null;
    if (same === null) return;
    const other = same === earlier ? later : earlier;
    (same.current?.disabled === false ? same : other).current?.focus();
  }, [place]);

  const move = (button: typeof earlier, to: number) => {
    pressed.current = button;
    onMove(credential, to);
  };
  return (
    <>
      <IconButton
        ref={earlier}
        label={`Try ${nameOf(credential)} earlier`}
        size="small"
        variant="quiet"
        disabled={place === 0}
        onClick={() => move(earlier, place - 1)}
      >
        <ArrowUp aria-hidden="true" />
      </IconButton>
      <IconButton
        ref={later}
        label={`Try ${nameOf(credential)} later`}
        size="small"
        variant="quiet"
        disabled={place >= count - 1}
        onClick={() => move(later, place + 1)}
      >
        <ArrowDown aria-hidden="true" />
      </IconButton>
    </>
  );
}

function KeyMenu({ credential, actions }: { credential: ShownCredential; actions: IntegrationActions }) {
  const label = `Actions for ${nameOf(credential)}`;
  return (
    <Menu
      label={label}
      trigger={
        <button type="button" aria-label={label} className={iconButtonStyle("quiet", "small")}>
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      <MenuItem onSelect={() => actions.onEdit(credential)}>Edit</MenuItem>
      <MenuItem onSelect={() => actions.onSwitch(credential)}>{credential.disabled ? "Enable" : "Disable"}</MenuItem>
      <MenuSeparator />
      <MenuItem tone="danger" onSelect={() => actions.onDelete(credential)}>
        Delete
      </MenuItem>
    </Menu>
  );
}
