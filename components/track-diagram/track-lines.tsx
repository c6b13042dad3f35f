import { cn } from "@/components/ui/cn";
import type { Trunk } from "./layout-track";
import type { TrackState } from "./track";
import { TrackEnd } from "./track-end";

/** Where a row's own line runs, in px from its top: the middle of its first line of text. */
export const BRANCH_Y = 18;
const TRUNK_X = 22;
const TURN = 10;

/** Where a row's line ends, as a share of the drawing's width. */
const ENDS = { served: "100%", set: "100%", waiting: "100%", failed: "68%", excluded: "60%" } as const satisfies Record<
  TrackState["kind"],
  string
>;

const BRANCH_STYLES = {
  served: "stroke-signal stroke-[3]",
  set: "stroke-signal stroke-[3]",
  failed: "stroke-danger stroke-[2.5]",
  waiting: "stroke-edge stroke-[1.5] group-hover/line:stroke-ink",
  excluded: "stroke-edge/70 stroke-[1.25] group-hover/line:stroke-ink",
} as const satisfies Record<TrackState["kind"], string>;

// One after the other from the top: the request walks down its line.
const DELAYS = [
  "[animation-delay:0ms]",
  "[animation-delay:220ms]",
  "[animation-delay:440ms]",
  "[animation-delay:660ms]",
  "[animation-delay:880ms]",
] as const;
const DRAWN = "[stroke-dasharray:1] motion-safe:animate-draw";

type TrackLinesProps = {
  kind: TrackState["kind"];
  trunkIn: Trunk;
  trunkOut: Trunk;
  /** The request got somewhere, or would: its line is lit. */
  isLit: boolean;
  step: number;
  /** Draws what the request travelled, step by step. */
  animated: boolean;
  isGroup: boolean;
};

/** The tracks beside one row. They stretch with the row, so that its text may wrap. */
export function TrackLines({ kind, trunkIn, trunkOut, isLit, step, animated, isGroup }: TrackLinesProps) {
  const isFirst = step === 0;
  const travelled = cn(isLit ? "stroke-signal" : "stroke-danger", "stroke-[3]");
  const motion = animated ? cn(DRAWN, DELAYS[Math.min(step, DELAYS.length - 1)]) : undefined;
  const branchMotion = trunkIn === "travelled" ? motion : undefined;
  const styleOf = (trunk: Trunk) => (trunk === "travelled" ? cn(travelled, motion) : "stroke-edge/70 stroke-[1.25]");
  return (
    <svg aria-hidden="true" fill="none" className="absolute inset-0 h-full w-full overflow-visible">
      {trunkOut !== "none" && (
        <>
          {isFirst && (
            <path
              d={`M${TRUNK_X - 14} ${BRANCH_Y}l14 14`}
              pathLength="1"
              className={trunkOut === "travelled" ? cn(travelled, motion) : styleOf(trunkOut)}
            />
          )}
          <line
            x1={TRUNK_X}
            x2={TRUNK_X}
            y1={isFirst ? BRANCH_Y + 14 : BRANCH_Y - TURN}
            y2="100%"
            pathLength="1"
            className={styleOf(trunkOut)}
          />
        </>
      )}
      {isFirst ? (
        <line
          x1="0"
          x2={ENDS[kind]}
          y1={BRANCH_Y}
          y2={BRANCH_Y}
          pathLength="1"
          className={cn(BRANCH_STYLES[kind], branchMotion)}
        />
      ) : (
        <>
          <line x1={TRUNK_X} x2={TRUNK_X} y1="0" y2={BRANCH_Y - TURN} pathLength="1" className={styleOf(trunkIn)} />
          <path
            d={`M${TRUNK_X} ${BRANCH_Y - TURN}l${TURN} ${TURN}`}
            pathLength="1"
            strokeLinecap="round"
            className={cn(trunkIn === "travelled" ? BRANCH_STYLES[kind] : styleOf(trunkIn), branchMotion)}
          />
          <line
            x1={TRUNK_X + TURN}
            x2={ENDS[kind]}
            y1={BRANCH_Y}
            y2={BRANCH_Y}
            pathLength="1"
            className={cn(BRANCH_STYLES[kind], branchMotion)}
          />
        </>
      )}
      {isFirst && <circle cx="0" cy={BRANCH_Y} r="4.5" className="fill-ink" />}
      <svg x={ENDS[kind]} y={BRANCH_Y} aria-hidden="true" className="overflow-visible">
        <TrackEnd kind={kind} isGroup={isGroup} />
      </svg>
    </svg>
  );
}
