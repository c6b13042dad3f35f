import type { LedgerEntry, LedgerKind } from "@/lib/schemas/ledger";

export const KINDS = {
  usage: "Usage",
  byok_fee: "BYOK fee",
  grant: "Grant",
  purchase: "Purchase",
  bonus: "Bonus",
  refund: "Refund",
  adjustment: "Adjustment",
} as const satisfies Record<LedgerKind, string>;

/** What an entry is, in a few words. */
export function kindOf({ kind }: Pick<LedgerEntry, "kind">): string {
  const known: Readonly<Record<string, string>> = KINDS;
  return known[kind] ?? kind.replaceAll("_", " ");
}

/** What an entry is about: the model that was used, or what whoever made it wrote down. */
export function subjectOf({ modelId, note, kind }: LedgerEntry): string {
  return modelId ?? note ?? kindOf({ kind });
}
