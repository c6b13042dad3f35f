"use client";

import { type KeyboardEvent, type PointerEvent, useId, useState } from "react";
import { cn } from "../cn";
import { type ChartData, fillOf } from "./chart-data";

type PointReaderProps = {
  label: string;
  data: ChartData;
  format: (value: number) => string;
  isStacked: boolean;
};

/**
 * Lies over a chart and says what stands under the pointer. With the keyboard it is one stop, and the arrow keys walk
 * through the points.
 */
export function PointReader({ label, data, format, isStacked }: PointReaderProps) {
  const id = useId();
  const [index, setIndex] = useState<number | null>(null);
  const { series, points } = data;
  const point = index === null ? undefined : points[index];

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    setIndex(Math.min(points.length - 1, Math.max(0, Math.floor(share * points.length))));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const last = points.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: Math.max(0, (index ?? points.length) - 1),
      ArrowRight: Math.min(last, (index ?? -1) + 1),
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setIndex(target);
  };

  const left = index === null ? 0 : (index + 0.5) / points.length;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}: values`}
      aria-valuemin={0}
      aria-valuemax={points.length - 1}
      aria-valuenow={index ?? points.length - 1}
      aria-valuetext={textOf(point ?? points.at(-1), data, format)}
      className="absolute inset-0"
      onPointerMove={onPointerMove}
      onPointerLeave={() => setIndex(null)}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setIndex(points.length - 1)}
      onBlur={() => setIndex(null)}
    >
      {point !== undefined && (
        <>
          <span
            className="pointer-events-none absolute inset-y-0 w-px bg-ink/40"
            style={{ left: `${left * 100}%`, bottom: 20 }}
          />
          <div
            id={id}
            className={cn(
              "pointer-events-none absolute top-0 z-10 w-max max-w-64 rounded-control bg-raised px-2.5 py-2 text-xs shadow-float",
              left > 0.5 ? "-translate-x-[calc(100%+10px)]" : "translate-x-2.5",
            )}
            style={{ left: `${left * 100}%` }}
          >
            <p className="mb-1 font-medium">{point.label}</p>
            <ul className="grid gap-0.5">
              {series.map((entry, at) => {
                const value = point.values[entry.id];
                if (value === null || value === undefined || (isStacked && value === 0)) return null;
                return (
                  <li key={entry.id} className="flex items-baseline gap-1.5">
                    <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2 shrink-0">
                      <rect width="10" height="10" rx="1.5" className={fillOf(entry, at)} />
                    </svg>
                    <span className="wrap-anywhere flex-1 text-muted">{entry.name}</span>
                    <span className="ps-3">{format(value)}</span>
                  </li>
                );
              })}
            </ul>
            {isStacked && series.length > 1 && (
              <p className="mt-1 flex justify-between gap-4 border-t pt-1 font-medium">
                <span>Total</span>
                <span>{format(series.reduce((sum, entry) => sum + (point.values[entry.id] ?? 0), 0))}</span>
              </p>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function textOf(
  point: ChartData["points"][number] | undefined,
  { series }: ChartData,
  format: (value: number) => string,
) {
  if (point === undefined) return "";
  const values = series.flatMap(({ id, name }) => {
    const value = point.values[id];
    return value === null || value === undefined || value === 0 ? [] : `${name} ${format(value)}`;
  });
  return `${point.label}: ${values.length === 0 ? "nothing" : values.join(", ")}`;
}
