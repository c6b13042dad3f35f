const STEPS = [
  { unit: "second", ms: 1_000, below: 60_000 },
  { unit: "minute", ms: 60_000, below: 3_600_000 },
  { unit: "hour", ms: 3_600_000, below: 86_400_000 },
  { unit: "day", ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const;

const format = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

/** A moment as seen from `nowMs`: `3 min. ago`, `in 2 hr.`, `yesterday`. */
export function formatAgo(momentMs: number, nowMs: number): string {
  const distanceMs = momentMs - nowMs;
  const size = Math.abs(distanceMs);
  if (size < 5_000) return "now";
  const step = STEPS.find(({ below }) => size < below) ?? STEPS[3];
  return format.format(Math.round(distanceMs / step.ms), step.unit);
}
