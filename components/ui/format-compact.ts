/** A large number in short: `128K`, `1M`. */
export function formatCompact(count: number): string {
  return count.toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 });
}
