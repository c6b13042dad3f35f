/** One line or layer of a chart. */
export type Series = { id: string; name: string };

/** One place on the horizontal axis, such as a day. */
export type Point = {
  /** Its name in full, such as "21 Nov 2026". */
  label: string;
  /** The same where there is little room, such as "21". */
  tick: string;
  /** By series id; an absent or `null` one was not measured. */
  values: Readonly<Record<string, number | null>>;
};

export type ChartData = { series: readonly Series[]; points: readonly Point[] };

/** The most series that can be told apart; the rest are one. */
const MAX_SERIES = 8;

export const REST_ID = "rest";

/** Class names of the series' colours, in order; the last is for the rest. */
export const FILLS = [
  "fill-series-1",
  "fill-series-2",
  "fill-series-3",
  "fill-series-4",
  "fill-series-5",
  "fill-series-6",
  "fill-series-7",
  "fill-series-8",
] as const;
export const STROKES = [
  "stroke-series-1",
  "stroke-series-2",
  "stroke-series-3",
  "stroke-series-4",
  "stroke-series-5",
  "stroke-series-6",
  "stroke-series-7",
  "stroke-series-8",
] as const;

export function fillOf(series: Series, index: number): string {
  return series.id === REST_ID ? "fill-series-rest" : (FILLS[index % FILLS.length] ?? FILLS[0]);
}

export function strokeOf(series: Series, index: number): string {
  return series.id === REST_ID ? "stroke-series-rest" : (STROKES[index % STROKES.length] ?? STROKES[0]);
}

/** Keeps the eight series with the largest sums, largest first, and adds up what is left as "Others". */
export function keepLargest({ series, points }: ChartData, kept = MAX_SERIES): ChartData {
  const sums = new Map(series.map(({ id }) => [id, points.reduce((sum, point) => sum + (point.values[id] ?? 0), 0)]));
  const sorted = series.toSorted((a, b) => (sums.get(b.id) ?? 0) - (sums.get(a.id) ?? 0));
  if (sorted.length <= kept) return { series: sorted, points };
  const rest = sorted.slice(kept);
  return {
    series: [...sorted.slice(0, kept), { id: REST_ID, name: `${rest.length} others` }],
    points: points.map((point) => ({
      ...point,
      values: { ...point.values, [REST_ID]: rest.reduce((sum, { id }) => sum + (point.values[id] ?? 0), 0) },
    })),
  };
}

export type StackedPart = { series: number; start: number; end: number };

/** The layers of one bar from below, each from where to where; layers without a value are left out. */
export function stack(point: Point, series: readonly Series[]): StackedPart[] {
  const parts: StackedPart[] = [];
  let height = 0;
  for (const [index, { id }] of series.entries()) {
    const value = point.values[id] ?? 0;
    if (value <= 0) continue;
    parts.push({ series: index, start: height, end: height + value });
    height += value;
  }
  return parts;
}
