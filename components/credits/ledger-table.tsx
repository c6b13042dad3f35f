"use client";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { LocalTime } from "@/components/ui/local-time";
import type { ChargeState, LedgerEntry } from "@/lib/schemas/ledger";
import { kindOf, subjectOf } from "./ledger-words";
import { SignedMoney } from "./signed-money";

type LedgerTableProps = {
  entries: readonly LedgerEntry[];
  openId: string | undefined;
  onOpen: (id: string) => void;
};

const STATES = {
  exact: null,
  estimated: { tone: "neutral", title: "The provider gave no token counts; these are our own" },
  aborted: { tone: "caution", title: "The client left before the end" },
  insured: { tone: "signal", title: "Nothing useful came back, so nothing was charged" },
  interrupted: { tone: "caution", title: "The server stopped while it was on its way" },
} as const satisfies Record<ChargeState, { tone: BadgeTone; title: string } | null>;

export function LedgerTable({ entries, openId, onOpen }: LedgerTableProps) {
  const columns: readonly Column<LedgerEntry>[] = [
    {
      id: "entry",
      header: "Entry",
      role: "title",
      cell: (entry) => (
        <>
          <button type="button" className={ROW_TARGET_STYLE} onClick={() => onOpen(entry.id)}>
            {subjectOf(entry)}
          </button>{" "}
          <StateBadge state={entry.charge?.state ?? "exact"} />
        </>
      ),
    },
    { id: "kind", header: "Kind", cell: kindOf },
    { id: "time", header: "Time", cell: ({ createdAt }) => <LocalTime iso={createdAt} /> },
    {
      id: "key",
      header: "Key",
      from: "lg",
      cell: ({ keyName, generationId }) => {
        const name = keyName ?? (generationId === null ? "–" : "Chatroom");
        return (
          <span title={name} className="block max-w-44 truncate">
            {name}
          </span>
        );
      },
    },
    { id: "amount", header: "Amount", align: "end", cell: ({ amountUsd }) => <SignedMoney usd={amountUsd} /> },
  ];
  return (
    <DataTable
      label="Entries of your ledger, newest first"
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
      selectedKey={openId}
    />
  );
}

function StateBadge({ state }: { state: ChargeState }) {
  const mark = STATES[state];
  return mark === null ? null : (
    <Badge tone={mark.tone} title={mark.title}>
      {state}
    </Badge>
  );
}
