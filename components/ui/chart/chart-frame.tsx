import type { ReactNode } from "react";
import { cn } from "../cn";
import type { ChartData } from "./chart-data";
import { ChartLegend } from "./chart-legend";

type ChartFrameProps = {
  /** What is drawn, with its unit. */
  label: string;
  data: ChartData;
  format: (value: number) => string;
  /** Heading of the table's first column. */
  pointLabel: string;
  isStacked: boolean;
  /** Off where several charts of the same series share one. */
  hasLegend?: boolean;
  children: ReactNode;
};

/** Around every chart: its legend, and the table behind the picture. */
export function ChartFrame({
  label,
  data,
  format,
  pointLabel,
  isStacked,
  hasLegend = true,
  children,
}: ChartFrameProps) {
  const { series, points } = data;
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <figcaption className="sr-only">{label}</figcaption>
      {children}
      {hasLegend && series.length > 1 && <ChartLegend series={series} />}
      <details className="group text-dense">
        <summary className="w-fit text-muted text-xs underline-offset-4 hover:text-ink hover:underline">
          <span className="group-open:hidden">Show as a table</span>
          <span className="hidden group-open:inline">Hide the table</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus */}
        <div className="mt-2 max-h-72 overflow-auto border-y" tabIndex={0}>
          <table className="w-full">
            <caption className="sr-only">{label}</caption>
            <thead>
              <tr className="text-muted text-xs">
                <th scope="col" className="py-1 pe-4 text-start font-normal">
                  {pointLabel}
                </th>
                {series.map(({ id, name }) => (
                  <th key={id} scope="col" className="py-1 ps-4 text-end font-normal">
                    {name}
                  </th>
                ))}
                {isStacked && series.length > 1 && (
                  <th scope="col" className="py-1 ps-4 text-end font-normal">
                    Total
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.label} className="border-t">
                  <th scope="row" className="whitespace-nowrap py-1 pe-4 text-start font-normal">
                    {point.label}
                  </th>
                  {series.map(({ id }) => (
                    <td key={id} className="py-1 ps-4 text-end">
                      {textOf(point.values[id], format)}
                    </td>
                  ))}
                  {isStacked && series.length > 1 && (
                    <td className={cn("py-1 ps-4 text-end font-medium")}>
                      {format(series.reduce((sum, { id }) => sum + (point.values[id] ?? 0), 0))}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function textOf(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}
