import { formatDuration } from "@/components/ui/format-duration";
import type { Span } from "./waterfall";

const FILLS = {
  gateway: "fill-edge",
  failed: "fill-danger",
  waiting: "fill-series-2",
  generation: "fill-signal",
} as const satisfies Record<Span["kind"], string>;

/** What the time of a request was spent on, each part below the one before and where it was in time. */
export function GenerationWaterfall({ spans, note }: { spans: readonly Span[]; note: string | null }) {
  const last = spans.at(-1);
  if (last === undefined) return <p className="text-muted">No time was measured.</p>;
  const totalMs = last.startMs + last.durationMs;
  const percent = (ms: number) => (totalMs === 0 ? 0 : (ms / totalMs) * 100);
  return (
    <div className="@container">
      <ol className="grid text-dense">
        {spans.map(({ kind, label, startMs, durationMs }) => (
          <li
            key={`${startMs} ${label}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b py-1.5 @md:grid-cols-[12rem_minmax(0,1fr)_4.5rem]"
          >
            <span className="wrap-anywhere">{label}</span>
            <svg aria-hidden="true" className="h-2 w-full @max-md:order-last @max-md:col-span-2">
              <rect width="100%" height="100%" rx="1" className="fill-hover" />
              <rect
                x={`${Math.min(99.4, percent(startMs))}%`}
                // Wide enough to be seen, however short.
                width={`${Math.max(0.6, percent(durationMs))}%`}
                height="100%"
                rx="1"
                className={FILLS[kind]}
              />
            </svg>
            <span className="whitespace-nowrap text-end">{formatDuration(durationMs)}</span>
          </li>
        ))}
      </ol>
      <p className="flex justify-between gap-4 py-1.5 text-dense">
        <span className="text-muted">{note}</span>
        <span className="whitespace-nowrap">
          <span className="text-muted">In all</span> <span className="font-medium">{formatDuration(totalMs)}</span>
        </span>
      </p>
    </div>
  );
}
