import { cn } from "@/components/ui/cn";
import { describeTrack } from "./describe-track";
import { lineKeyOf, type Track, type TrackState } from "./track";

const MAX_LINES = 5;
const STEP = 6;

const STYLES = {
  served: "stroke-signal stroke-[2.5]",
  set: "stroke-signal stroke-[2.5]",
  failed: "stroke-danger stroke-2",
  waiting: "stroke-edge stroke-[1.25]",
  excluded: "stroke-edge/70 stroke-1",
} as const satisfies Record<TrackState["kind"], string>;

const LENGTHS = { served: 64, set: 64, waiting: 64, failed: 40, excluded: 30 } as const;

/** The same picture, as small as a line of text: beside an answer. Its sentence is read in its place. */
export function TrackStrip({ track, className }: { track: Track; className?: string }) {
  // What was excluded would fill the strip; one line stands for all of it.
  const open = track.lines.filter(({ state }) => state.kind !== "excluded");
  const excluded = track.lines.filter(({ state }) => state.kind === "excluded").slice(0, 1);
  const lines = [...open.slice(0, MAX_LINES - excluded.length), ...excluded];
  const height = Math.max(1, lines.length) * STEP + 4;
  return (
    <svg
      role="img"
      aria-label={describeTrack(track)}
      viewBox={`0 0 76 ${height}`}
      width="76"
      height={height}
      fill="none"
      className={cn("inline-block align-middle", className)}
    >
      <title>{describeTrack(track)}</title>
      {lines
        .map((line, index) => {
          const y = 5 + index * STEP;
          const { kind } = line.state;
          const end = LENGTHS[kind];
          const start = index === 0 ? "M3 5" : `M8 5V${y - 3}l3 3`;
          return (
            <g key={lineKeyOf(line)}>
              <path d={`${start}H${end}`} strokeLinejoin="round" className={STYLES[kind]} />
              {kind === "failed" && (
                <path d={`M${end} ${y - 2.5}l5 5m-5 0 5-5`} className="stroke-[1.75] stroke-danger" />
              )}
              {kind === "excluded" && <path d={`M${end} ${y - 2.5}v5`} className="stroke-2 stroke-muted" />}
              {(kind === "served" || kind === "set") && <circle cx={end + 3} cy={y} r="3" className="fill-signal" />}
              {kind === "waiting" && <circle cx={end + 2} cy={y} r="1.75" className="stroke-edge" />}
            </g>
          );
        })
        // What is lit lies on top.
        .reverse()}
      <circle cx="3" cy="5" r="2.25" className="fill-ink" />
    </svg>
  );
}
