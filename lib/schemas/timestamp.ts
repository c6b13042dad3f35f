/** ISO 8601 with a written-out offset (`…+00:00`), the form of every time in the public API. */
export function formatTimestamp(time: Date): string {
  return time.toISOString().replace("Z", "+00:00");
}
