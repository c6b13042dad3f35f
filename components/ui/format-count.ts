// Made once: making one takes longer than what it formats.
const format = new Intl.NumberFormat("en-US");

/** A whole number with thousands separated. */
export function formatCount(count: number): string {
  return format.format(count);
}
