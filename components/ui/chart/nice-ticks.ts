const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round values from 0 to at least `max`, for the lines of a chart: `count` steps or fewer. */
export function niceTicks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((size) => size * magnitude >= rough) ?? 10) * magnitude;
  const steps = Math.ceil(max / step - 1e-9);
  // Multiplied, not added up, so that 0.1 + 0.2 does not become a label; 12 digits are more than a chart shows.
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
