import { cn } from "../cn";
import type { Point } from "./chart-data";

/** Room for the names below, in px. Figures stand left of the drawing, in the margin of `PLOT_STYLE`. */
export const BOTTOM_PX = 20;
const TOP_PX = 6;
const MAX_NAMES = 12;
const MAX_NAMES_ON_PHONE = 5;

/** The place of the drawing, with room for the figures of its vertical axis. */
export const PLOT_STYLE = "relative ms-13";

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
        <line x1="0" x2="100%" y1={y} y2={y} className={tick === 0 ? "stroke-edge" : "stroke-line"} />
        <text x="-8" y={y} dy="0.32em" textAnchor="end" className="fill-muted text-micro">
          {format(tick)}
        </text>
      </g>
    );
  });
}

/** Names below, as many as have room: fewer on a phone. */
export function PointNames({ points, height }: { points: readonly Point[]; height: number }) {
  const every = Math.ceil(points.length / MAX_NAMES);
  const everyOnPhone = every * Math.ceil(points.length / every / MAX_NAMES_ON_PHONE);
  return points.map((point, index) => {
    // Counted from the end: the last one is where the reader looks first.
    const fromEnd = points.length - 1 - index;
    if (fromEnd % every !== 0) return null;
    return (
      <text
        key={point.label}
        x={`${((index + 0.5) / points.length) * 100}%`}
        y={height - 5}
        textAnchor="middle"
        className={cn("fill-muted text-micro", fromEnd % everyOnPhone !== 0 && "max-sm:hidden")}
      >
        {point.tick}
      </text>
    );
  });
}
