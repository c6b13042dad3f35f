import { z } from "zod";

export const ledgerKindSchema = z.enum(["usage", "byok_fee", "grant", "purchase", "bonus", "refund", "adjustment"]);
/** What a ledger entry is. */
export type LedgerKind = z.infer<typeof ledgerKindSchema>;

export const chargeStateSchema = z.enum(["exact", "estimated", "aborted", "insured", "interrupted"]);
/** How sure a charge is, and why it may be nothing. */
export type ChargeState = z.infer<typeof chargeStateSchema>;

/** How a charge came about: every line of it, and what was made of their sum. Amounts are exact decimals in USD. */
export const chargeSchema = z.object({
  state: chargeStateSchema,
  /** The endpoint whose prices they are, `model|tag`; `null` where none is known. */
  endpoint: z.string().nullable(),
  lines: z.array(
    z.object({
      /** Such as `prompt` or `cache_read`; an unknown one was written by a newer server. */
      class: z.string(),
      quantity: z.number(),
      unitUsd: z.string(),
      /** The same price for a million; `null` for what is not counted in tokens. */
      perMillionUsd: z.string().nullable(),
      costUsd: z.string(),
    }),
  ),
  /** With a key of the account's own, this part of the sum of the lines is charged. */
  fee: z
    .object({
      percent: z.number(),
      usualUsd: z.string(),
      /**
       * Why there is none: it was one of the month's `first` such requests; or it was admitted as one (`promised`), and
       * there was no credit for the fee when it turned out that others had been faster.
       */
      waivedAs: z.enum(["first", "promised"]).nullable(),
    })
    .nullable(),
  /** The sum of the lines, or the fee, before it was rounded. */
  exactUsd: z.string(),
  /** The same rounded up to the next nano-dollar. */
  roundedUsd: z.string(),
  /** What was not charged because of the zero completion insurance, or because the fee is waived. */
  waivedUsd: z.string(),
  /** Discounts (negative) and fees on top. */
  otherUsd: z.string(),
  chargedUsd: z.string(),
});
export type Charge = z.infer<typeof chargeSchema>;

/** An entry of an account's ledger as our own pages see it. */
export const ledgerEntrySchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** One of {@link ledgerKindSchema}. */
  kind: z.string(),
  /** Its effect on the balance, exact decimal. */
  amountUsd: z.string(),
  note: z.string().nullable(),
  generationId: z.string().nullable(),
  /** `null`: not of a key, or of one that was removed for good. */
  keyName: z.string().nullable(),
  modelId: z.string().nullable(),
  /** Of usage alone. */
  charge: chargeSchema.nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Newest first. */
export type LedgerPage = {
  rows: LedgerEntry[];
  newerCursor: string | null;
  olderCursor: string | null;
};

/** What stands in an address of the ledger. Days are UTC, both included; each may be left out. */
export const ledgerAddressSchema = z.object({
  kind: ledgerKindSchema.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  after: z.string().min(1).max(100).optional(),
  before: z.string().min(1).max(100).optional(),
  /** The one whose arithmetic is shown. */
  entry: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});
export type LedgerAddress = z.infer<typeof ledgerAddressSchema>;
