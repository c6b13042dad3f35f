/**
 * The path of a line over 100 units of width, each value in the middle of its place. `null` breaks the line; a value
 * between two gaps is drawn as a short dash, or it would not be seen.
 */
export function linePath(values: readonly (number | null)[], toY: (value: number) => number): string {
  const step = 100 / Math.max(1, values.length);
  return values
    .map((value, index) => {
      if (value === null) return "";
      const x = round((index + 0.5) * step);
      const y = round(toY(value));
      const before = values[index - 1] ?? null;
      const after = values[index + 1] ?? null;
      if (before === null && after === null) return `M${round(x - step / 4)} ${y}H${round(x + step / 4)}`;
      return `${before === null ? "M" : "L"}${x} ${y}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
