/**
 * How a sum compares with that of the period before, in words: `+8 % against the 30 days before ($11.48)`.
 *
 * @param period the period before, such as `30 days`
 */
export function changeOf(now: number, before: number, period: string, format: (value: number) => string): string {
  if (before === 0) return now === 0 ? `As in the ${period} before` : `Nothing in the ${period} before`;
  const percent = (now / before - 1) * 100;
  const size = Math.abs(percent);
  const text =
    size >= 1_000 ? `${Math.round(now / before)} times as much as` : `${signOf(percent)}${Math.round(size)} % against`;
  return `${text} the ${period} before (${format(before)})`;
}

function signOf(percent: number): string {
  if (Math.round(Math.abs(percent)) === 0) return "±";
  return percent > 0 ? "+" : "−";
}
