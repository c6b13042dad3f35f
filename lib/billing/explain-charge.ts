import { z } from "zod";
import { ceilToNano, type NanoUsd, unitPriceString, usdString } from "@/lib/money";
import { type Charge, chargeStateSchema } from "@/lib/schemas/ledger";

/** As settling writes it: class, quantity, price of one in 1e-24 USD. */
const computationSchema = z.looseObject({
  endpoint: z.string().optional(),
  lines: z.array(z.tuple([z.string(), z.number().int(), z.string().regex(/^\d+$/)])),
  /** Of a request with an account's own provider key: what part of the usual price is charged. */
  feePercent: z.int().min(0).max(100).optional(),
  /** No fee is due: it was one of the month's first such requests. */
  waived: z.boolean().optional(),
  /** With `waived`: it was not, but it was admitted as one, and there was no credit for the fee. */
  promised: z.boolean().optional(),
});

/** What is counted by the piece. All other classes are tokens. */
const PIECES: readonly string[] = ["request", "web_search", "web_result", "ocr_page"];

/** What we bought ourselves: charged whole, whoever pays the provider. */
const OWN: readonly string[] = ["web_result", "ocr_page"];

/**
 * A usage entry's arithmetic, recomputed from what is stored beside it.
 *
 * @param entry.amountNanoUsd its effect on the balance, so a charge is negative.
 * @returns `null` when the entry does not say what it was computed from.
 */
export function explainCharge(entry: { amountNanoUsd: NanoUsd; state: string; computation: unknown }): Charge | null {
  const parsed = computationSchema.safeParse(entry.computation);
  const state = chargeStateSchema.safeParse(entry.state);
  if (!parsed.success || !state.success) return null;
  const { endpoint, lines, feePercent, waived: isWaived = false, promised: isPromised = false } = parsed.data;
  const priced = lines.map(([name, quantity, price]) => ({ name, quantity, price: BigInt(price) }));
  const costOf = (isOwn: boolean) =>
    priced.reduce(
      (sum, { name, quantity, price }) => sum + (OWN.includes(name) === isOwn ? BigInt(quantity) * price : 0n),
      0n,
    );
  const usual = costOf(false);
  const exact = costOf(true) + (feePercent === undefined ? usual : (usual * BigInt(feePercent) + 99n) / 100n);
  const rounded = ceilToNano(exact);
  const charged = -entry.amountNanoUsd;
  const waived = state.data === "insured" || isWaived ? rounded - charged : 0n;
  return {
    state: state.data,
    endpoint: endpoint ?? null,
    lines: priced.map(({ name, quantity, price }) => ({
      class: name,
      quantity,
      unitUsd: unitPriceString(price),
      perMillionUsd: PIECES.includes(name) ? null : unitPriceString(price * 1_000_000n),
      costUsd: unitPriceString(BigInt(quantity) * price),
    })),
    fee:
      feePercent === undefined
        ? null
        : {
            percent: feePercent,
            usualUsd: unitPriceString(usual),
            waivedAs: !isWaived ? null : isPromised ? "promised" : "first",
          },
    exactUsd: unitPriceString(exact),
    roundedUsd: usdString(rounded),
    waivedUsd: usdString(waived),
    otherUsd: usdString(charged + waived - rounded),
    chargedUsd: usdString(charged),
  };
}
