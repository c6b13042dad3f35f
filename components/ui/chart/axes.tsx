import { isTickShown, type Point } from "./chart-data";

/** Room for the figures of the vertical axis and the words of the horizontal one, in px. */
export const LEFT_PX = 52;
export const BOTTOM_PX = 20;
const TOP_PX = 6;

/** Where `value` stands, in px from the top of a chart of `height`. */
export function heightOf(value: number, top: number, height: number): number {
  return TOP_PX + (height - BOTTOM_PX - TOP_PX) * (1 - value / top);
}

/** Lines across, with their values. */
export function Grid({
  ticks,
  height,
  format,
}: {
  ticks: readonly number[];
  height: number;
  format: (value: number) => string;
}) {
  const top = ticks.at(-1) ?? 1;
  return ticks.map((tick) => {
    const y = heightOf(tick, top, height);
    return (
      <g key={tick}>
        <line x1={LEFT_PX} x2="100%" y1={y} y2={y} className={tick === 0 ? "stroke-edge" : "stroke-line"} />
        <text x={LEFT_PX - 8} y={y} dy="0.32em" textAnchor="end" className="fill-muted text-micro">
          {format(tick)}
        </text>
      </g>
    );
  });
}

/** Names below, as many as have room: fewer on a phone. */
export function PointNames({ points, height }: { points: readonly Point[]; height: number }) {
  return (
    <svg
      x={LEFT_PX}
      y={height - BOTTOM_PX}
      height={BOTTOM_PX}
      aria-hidden="true"
      className="w-[calc(100%-52px)] overflow-visible"
    >
      {points.map((point, index) => {
        const isWide = isTickShown(index, points.length, 12);
        if (!isWide) return null;
        return (
          <text
            key={point.label}
            x={`${((index + 0.5) / points.length) * 100}%`}
            y="14"
            textAnchor="middle"
            className={`fill-muted text-micro ${isTickShown(index, points.length, 5) ? "" : "max-sm:hidden"}`}
          >
            {point.tick}
          </text>
        );
      })}
    </svg>
  );
}
