/**
 * An amount of US dollars for reading: cents from a dollar up, more decimals the smaller it is, never `$0.00` for
 * something that costs. The exact amount belongs in a title beside it.
 */
export function formatUsd(amount: string | number): string {
  const usd = Number(amount);
  if (usd === 0) return "$0";
  const size = Math.abs(usd);
  const sign = usd < 0 ? "−" : "";
  return `${sign}$${size.toLocaleString("en-US", {
    minimumFractionDigits: size >= 0.01 ? 2 : 0,
    maximumFractionDigits: decimalsOf(size),
  })}`;
}

/** Two or three digits that say something, down to the nano-dollar that the ledger counts in. */
function decimalsOf(usd: number): number {
  if (usd >= 1) return 2;
  return Math.min(9, 2 - Math.floor(Math.log10(usd)));
}
