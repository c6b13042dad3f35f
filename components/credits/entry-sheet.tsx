"use client";

import { ChargeArithmetic } from "@/components/ledger/charge-arithmetic";
import { ButtonLink } from "@/components/ui/button-link";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { LocalTime } from "@/components/ui/local-time";
import { Sheet } from "@/components/ui/sheet";
import type { LedgerEntry } from "@/lib/schemas/ledger";
import { kindOf, subjectOf } from "./ledger-words";

/** One entry of the ledger and how it came about. @param entry `null`: closed */
export function EntrySheet({ entry, onClose }: { entry: LedgerEntry | null; onClose: () => void }) {
  return (
    <Sheet open={entry !== null} onClose={onClose} title="Ledger entry">
      {entry !== null && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-7 text-sm">
          <div className="grid gap-1">
            <p className="wrap-anywhere font-medium text-base">{subjectOf(entry)}</p>
            <p className="text-dense text-muted">
              {kindOf(entry)}, <LocalTime iso={entry.createdAt} />
            </p>
          </div>
          <KeyValues>
            <KeyValue name="Effect on the balance">
              {entry.amountUsd.startsWith("-") ? `−$${entry.amountUsd.slice(1)}` : `$${entry.amountUsd}`}
            </KeyValue>
            {entry.generationId !== null && (
              <>
                <KeyValue name="Made with">{entry.keyName ?? "Chatroom"}</KeyValue>
                <KeyValue name="Generation">
                  <code className="font-mono text-xs">{entry.generationId}</code>
                </KeyValue>
              </>
            )}
            {entry.note !== null && entry.modelId !== null && <KeyValue name="Note">{entry.note}</KeyValue>}
            <KeyValue name="Entry number">{entry.id}</KeyValue>
          </KeyValues>
          {entry.charge !== null && (
            <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
              <h3 className="font-semibold">Arithmetic</h3>
              <ChargeArithmetic charge={entry.charge} />
            </section>
          )}
          {entry.generationId !== null && (
            <div>
              <ButtonLink href={`/activity?generation=${encodeURIComponent(entry.generationId)}`}>
                Show the request
              </ButtonLink>
            </div>
          )}
        </div>
      )}
    </Sheet>
  );
}
