import { cn } from "../cn";
import { linePath } from "./line-path";

type SparklineProps = {
  /** What it shows, in words that stand for the picture: "Throughput of the last 24 h, 40 to 62 tok/s". */
  label: string;
  values: readonly (number | null)[];
  className?: string;
};

/** A run of values beside a figure. */
export function Sparkline({ label, values, className }: SparklineProps) {
  const top = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className={cn("inline-block h-6 w-24 overflow-visible", className)}
    >
      <path
        d={linePath(values, (value) => 23 - (value / top) * 22)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        className="stroke-series-1"
      />
    </svg>
  );
}
