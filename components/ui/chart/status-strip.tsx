import { cn } from "../cn";

/** A share from 0 to 1; `null` where nothing was measured. */
type StripPart = { label: string; share: number | null };

type StatusStripProps = {
  label: string;
  parts: readonly StripPart[];
  format: (share: number) => string;
  className?: string;
};

/** Uptime, a bar an hour or a day: the taller the fuller, so that it reads without colour. */
export function StatusStrip({ label, parts, format, className }: StatusStripProps) {
  const step = 100 / Math.max(1, parts.length);
  const measured = parts.flatMap(({ share }) => (share === null ? [] : share));
  const mean =
    measured.length === 0
      ? "nothing was measured"
      : `${format(measured.reduce((a, b) => a + b, 0) / measured.length)} on average`;
  return (
    <svg role="img" aria-label={`${label}: ${mean}`} className={cn("block h-5 w-full", className)}>
      {parts.map((part, index) => {
        const height = part.share === null ? 8 : 20 + part.share * 80;
        return (
          <rect
            key={part.label}
            x={`${index * step + step * 0.12}%`}
            width={`${step * 0.76}%`}
            y={`${100 - height}%`}
            height={`${height}%`}
            className={fillOf(part.share)}
          >
            <title>{`${part.label}: ${part.share === null ? "not measured" : format(part.share)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** The bounds people know from OpenRouter's uptime bars: 95 % and 85 %. */
function fillOf(share: number | null): string {
  if (share === null) return "fill-edge";
  if (share >= 0.95) return "fill-signal";
  return share >= 0.85 ? "fill-caution" : "fill-danger";
}
