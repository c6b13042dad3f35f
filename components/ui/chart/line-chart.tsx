"use client";

import { BOTTOM_PX, Grid, heightOf, PLOT_STYLE, PointNames } from "./axes";
import { type ChartData, strokeOf } from "./chart-data";
import { ChartFrame } from "./chart-frame";
import { linePath } from "./line-path";
import { niceTicks } from "./nice-ticks";
import { PointReader } from "./point-reader";

type LineChartProps = {
  /** What is drawn, with its unit: "Time to first token (p50) per hour". */
  label: string;
  data: ChartData;
  format: (value: number) => string;
  pointLabel?: string;
  height?: number;
  /** The top of the axis at least: 1 for a share. */
  atLeast?: number;
};

const DASHES = ["", "6 3", "2 2", "8 3 2 3"] as const;

/** Values over time. A gap is where nothing was measured. */
export function LineChart({ label, data, format, pointLabel = "Time", height = 180, atLeast = 0 }: LineChartProps) {
  const values = data.points.flatMap((point) => data.series.map(({ id }) => point.values[id] ?? 0));
  const ticks = niceTicks(Math.max(...values, atLeast, 0));
  const top = ticks.at(-1) ?? 1;
  const plot = height - BOTTOM_PX;
  return (
    <ChartFrame label={label} data={data} format={format} pointLabel={pointLabel} isStacked={false}>
      <div className={PLOT_STYLE}>
        <svg aria-hidden="true" height={height} className="block w-full overflow-visible">
          <Grid ticks={ticks} height={height} format={format} />
          <svg
            aria-hidden="true"
            width="100%"
            height={plot}
            viewBox={`0 0 100 ${plot}`}
            preserveAspectRatio="none"
            className="overflow-visible"
          >
            {data.series.map((series, index) => (
              <path
                key={series.id}
                d={linePath(
                  data.points.map((point) => point.values[series.id] ?? null),
                  (value) => heightOf(value, top, height),
                )}
                fill="none"
                vectorEffect="non-scaling-stroke"
                strokeWidth="1.75"
                strokeLinejoin="round"
                strokeLinecap="round"
                strokeDasharray={DASHES[index % DASHES.length]}
                className={strokeOf(series, index)}
              />
            ))}
          </svg>
          <PointNames points={data.points} height={height} />
        </svg>
        {data.points.length > 0 && <PointReader label={label} data={data} format={format} isStacked={false} />}
      </div>
    </ChartFrame>
  );
}
