import { cn } from "./cn";

const FILLS = { signal: "fill-signal", caution: "fill-caution", danger: "fill-danger", neutral: "fill-edge" } as const;

type MeterProps = {
  /** What is measured. */
  label: string;
  /** From 0 to `max`. */
  value: number;
  max: number;
  /** The value in words and with its unit, such as "$4.20 of $10". */
  text: string;
  /** Without it: `caution` from 80 % on, `danger` when it is full, as for what may be used up. */
  tone?: keyof typeof FILLS;
  className?: string;
};

/** How much of something is used. */
export function Meter({ label, value, max, text, tone, className }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const fill = FILLS[tone ?? (share >= 1 ? "danger" : share >= 0.8 ? "caution" : "signal")];
  return (
    // biome-ignore lint/a11y/useSemanticElements: each browser draws <meter> its own way, and lets nobody change it
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(max, Math.max(0, value))}
      aria-valuetext={text}
      className={cn("block", className)}
    >
      <svg aria-hidden="true" className="block h-1.5 w-full rounded-full">
        <rect width="100%" height="100%" className="fill-line" />
        <rect width={`${share * 100}%`} height="100%" className={fill} />
      </svg>
    </span>
  );
}
