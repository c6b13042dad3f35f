"use client";

import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { useOpenInAddress } from "@/components/ui/use-open-in-address";
import type { LedgerAddress, LedgerEntry, LedgerPage } from "@/lib/schemas/ledger";
import { writeLedgerAddress } from "@/lib/schemas/ledger-address";
import { EntrySheet } from "./entry-sheet";
import { LedgerTable } from "./ledger-table";

type LedgerListProps = {
  page: LedgerPage;
  /** The view that the page belongs to. */
  address: LedgerAddress;
  /** What the address asks to be open, as far as it exists. */
  opened: LedgerEntry | null;
};

/** Entries of the ledger, with the arithmetic of one beside them. */
export function LedgerList({ page: { rows, newerCursor, olderCursor }, address, opened }: LedgerListProps) {
  const { openId, show, close } = useOpenInAddress("entry");
  const open = rows.find(({ id }) => id === openId) ?? (opened?.id === openId ? opened : null);
  const hrefOf = (cursor: Pick<LedgerAddress, "after" | "before">) =>
    writeLedgerAddress({ ...address, after: undefined, before: undefined, entry: undefined, ...cursor });
  const isFiltered = address.kind !== undefined || address.from !== undefined || address.to !== undefined;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {rows.length > 0 ? (
        <LedgerTable entries={rows} openId={open?.id} onOpen={show} />
      ) : (
        <EmptyState title={isFiltered ? "Nothing fits" : "Nothing yet"}>
          <p className="max-w-prose text-muted">
            {isFiltered
              ? "The ledger has no such entry in this time."
              : "Every grant and every charge is listed here, with what it was computed from."}
          </p>
        </EmptyState>
      )}
      <CursorPagination
        label="the ledger"
        newerHref={newerCursor === null ? undefined : hrefOf({ before: newerCursor })}
        olderHref={olderCursor === null ? undefined : hrefOf({ after: olderCursor })}
      />
      <EntrySheet entry={open} onClose={close} />
    </div>
  );
}
