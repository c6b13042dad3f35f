"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { type LedgerAddress, ledgerKindSchema } from "@/lib/schemas/ledger";
import { writeLedgerAddress } from "@/lib/schemas/ledger-address";
import { KINDS } from "./ledger-words";

const ALL = "*";

/** Narrows the ledger. Every choice is an address of its own. */
export function LedgerFilters({ address }: { address: LedgerAddress }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { kind, from, to } = address;

  const go = (changes: LedgerAddress) => {
    const next = { kind, from, to, ...changes };
    if (next.kind === kind && next.from === from && next.to === to) return;
    startTransition(() => router.push(writeLedgerAddress(next), { scroll: false }));
  };
  const goTo = (name: "from" | "to", value: string) => go({ [name]: value === "" ? undefined : value });

  return (
    <search aria-label="Filter the ledger" aria-busy={isPending} className="relative mb-4 flex flex-wrap gap-2">
      <span className="w-full sm:w-40">
        <Select
          aria-label="Kind"
          value={kind ?? ALL}
          onChange={({ target: { value } }) => go({ kind: ledgerKindSchema.safeParse(value).data })}
        >
          <option value={ALL}>Every kind</option>
          {ledgerKindSchema.options.map((option) => (
            <option key={option} value={option}>
              {KINDS[option]}
            </option>
          ))}
        </Select>
      </span>
      {(["from", "to"] as const).map((name) => (
        <Input
          key={`${name} ${address[name]}`}
          type="date"
          aria-label={name === "from" ? "First day (UTC)" : "Last day (UTC)"}
          prefix={name === "from" ? "From" : "to"}
          className="w-auto max-sm:w-full"
          defaultValue={address[name] ?? ""}
          // When it is left, because on the way to a date the browser reports years such as 0002.
          onBlur={({ target }) => goTo(name, target.value)}
          onKeyDown={({ key, currentTarget }) => key === "Enter" && goTo(name, currentTarget.value)}
        />
      ))}
      {(kind ?? from ?? to) !== undefined && (
        <Button variant="quiet" onClick={() => go({ kind: undefined, from: undefined, to: undefined })}>
          <X aria-hidden="true" />
          Clear
        </Button>
      )}
      {isPending && <Progress label="Filtering" share={null} className="absolute inset-x-0 -bottom-2" />}
    </search>
  );
}
