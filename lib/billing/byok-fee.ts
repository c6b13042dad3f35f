import { ceilToNano, type NanoUsd, type UnitPrice } from "@/lib/money";

/** What we take of the usual price of a request that is answered with a key of the account's own. */
export const BYOK_FEE_PERCENT = 5;

const PERCENT = BigInt(BYOK_FEE_PERCENT);

/** The fee for what would cost `usual` (exact, 1e-24 USD). Exact down to its last unit, then rounded once, up. */
export function byokFee(usual: UnitPrice): NanoUsd {
  return ceilToNano(byokFeeExact(usual));
}

/** The fee before it is rounded to nano-dollars, rounded up to a whole unit of 1e-24 USD. */
export function byokFeeExact(usual: UnitPrice): UnitPrice {
  return (usual * PERCENT + 99n) / 100n;
}

/** The same of an amount that was rounded already. */
export function byokFeeOf(usual: NanoUsd): NanoUsd {
  return (usual * PERCENT + 99n) / 100n;
}

/** What a request may usually cost whose fee is at most this. */
export function usualCostOfFee(fee: NanoUsd): NanoUsd {
  return (fee * 100n) / PERCENT;
}
