// Made once: making one takes longer than what it formats.
const format = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A large number in short: `128K`, `1M`. */
export function formatCompact(count: number): string {
  return format.format(count);
}
