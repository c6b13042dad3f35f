/** A whole number with thousands separated. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
