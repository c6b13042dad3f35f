"use client";

import { Grid, heightOf, PLOT_STYLE, PointNames } from "./axes";
import { type ChartData, fillOf, keepLargest, stack } from "./chart-data";
import { ChartFrame } from "./chart-frame";
import { niceTicks } from "./nice-ticks";
import { PointReader } from "./point-reader";

type StackedBarsProps = {
  /** What is drawn, with its unit: "Spend per day in USD, by model". */
  label: string;
  data: ChartData;
  format: (value: number) => string;
  /** Heading of the table's first column. */
  pointLabel?: string;
  height?: number;
  /**
   * One of several charts of the same series: they keep their order, and with it their colours, and share a
   * `ChartLegend`. At most eight series and a rest then.
   */
  isShared?: boolean;
};

/** Sums over time, divided among series: the eight largest, and the rest as one. */
export function StackedBars({
  label,
  data: all,
  format,
  pointLabel = "Day",
  height = 200,
  isShared = false,
}: StackedBarsProps) {
  const data = isShared ? all : keepLargest(all);
  const bars = data.points.map((point) => stack(point, data.series));
  const ticks = niceTicks(Math.max(...bars.map((parts) => parts.at(-1)?.end ?? 0), 0));
  const top = ticks.at(-1) ?? 1;
  const step = 100 / Math.max(1, data.points.length);
  return (
    <ChartFrame label={label} data={data} format={format} pointLabel={pointLabel} isStacked hasLegend={!isShared}>
      <div className={PLOT_STYLE}>
        <svg aria-hidden="true" height={height} className="block w-full overflow-visible">
          <Grid ticks={ticks} height={height} format={format} />
          {bars.flatMap((parts, index) =>
            parts.map(({ series, start, end }) => {
              const entry = data.series[series];
              if (entry === undefined) return null;
              const y = heightOf(end, top, height);
              return (
                <rect
                  key={`${data.points[index]?.label} ${entry.id}`}
                  x={`${index * step + step * 0.14}%`}
                  width={`${step * 0.72}%`}
                  y={y}
                  // A hair of the ground between the layers, so that they can be told without their colours.
                  height={Math.max(0.75, heightOf(start, top, height) - y - (start === 0 ? 0 : 1))}
                  className={fillOf(entry, series)}
                />
              );
            }),
          )}
          <PointNames points={data.points} height={height} />
        </svg>
        {data.points.length > 0 && <PointReader label={label} data={data} format={format} isStacked />}
      </div>
    </ChartFrame>
  );
}
