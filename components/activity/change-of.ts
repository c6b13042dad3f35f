/** How a sum compares with that of the time before, in words: `+8 % on the time before ($11.48)`. */
export function changeOf(now: number, before: number, format: (value: number) => string): string {
  if (before === 0) return now === 0 ? "As in the period before" : "Nothing in the period before";
  const percent = (now / before - 1) * 100;
  const size = Math.abs(percent);
  const text = size >= 1_000 ? `${Math.round(now / before)} times` : `${signOf(percent)}${Math.round(size)} %`;
  return `${text} on the period before (${format(before)})`;
}

function signOf(percent: number): string {
  if (Math.round(Math.abs(percent)) === 0) return "±";
  return percent > 0 ? "+" : "−";
}
