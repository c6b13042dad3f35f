/**
 * An amount of US dollars for reading: cents from a dollar up, more decimals the smaller it is, never `$0.00` for
 * something that costs. The exact amount belongs in a title beside it.
 */
export function formatUsd(amount: string | number): string {
  const usd = Number(amount);
  if (usd === 0) return "$0";
  const size = Math.abs(usd);
  const sign = usd < 0 ? "−" : "";
  return `${sign}$${formatWith(decimalsOf(size)).format(size)}`;
}

/** Whole cents are written with both their digits; what is below a cent has no zeros at its end. */
const MAX_DECIMALS_OF_CENTS = 4;

/** By decimals. Each is made once, which takes longer than what it formats: a list of models has a hundred prices. */
const formats = new Map<number, Intl.NumberFormat>();

function formatWith(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals <= MAX_DECIMALS_OF_CENTS ? 2 : 0,
    maximumFractionDigits: decimals,
  });
  formats.set(decimals, format);
  return format;
}

/** Two or three digits that say something, down to the nano-dollar that the ledger counts in. */
function decimalsOf(usd: number): number {
  if (usd >= 1) return 2;
  return Math.min(9, 2 - Math.floor(Math.log10(usd)));
}
