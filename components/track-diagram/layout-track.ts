import type { Track, TrackLine } from "./track";

/** How the request's own line runs beside a row. */
export type Trunk =
  /** The request came by here, to this row or further down. */
  | "travelled"
  /** It is there, and nothing came by. */
  | "idle"
  /** The last line has branched off: nothing goes on. */
  | "none";

export type TrackRow = {
  /** One line, or several that have the same to say. */
  lines: readonly [TrackLine, ...TrackLine[]];
  /** From the row above to this row's branch. */
  trunkIn: Trunk;
  /** From this row's branch to the row below. */
  trunkOut: Trunk;
  /** The step in which its branch is drawn when it is animated: 0, 1, … */
  step: number;
};

/** So many lines of a kind are drawn each by itself; more are one row that can be opened. */
const MAX_WAITING = 4;
const MAX_EXCLUDED = 4;
/** So many with the same reason become one row. */
const MIN_GROUP = 2;

/** Rows from above: tried, waiting, excluded, each as often as there is room, and groups for the rest. */
export function layoutTrack({ lines }: Track): TrackRow[] {
  const tried = lines.filter(isTravelled).map((line): Group => [line]);
  const waiting = groupAfter(
    lines.filter(({ state }) => state.kind === "waiting"),
    MAX_WAITING,
  );
  const excluded = groupByReason(lines.filter(({ state }) => state.kind === "excluded"));
  const groups = [...tried, ...waiting, ...excluded];
  return groups.map((group, index) => ({
    lines: group,
    trunkIn: index < tried.length ? "travelled" : "idle",
    trunkOut: index === groups.length - 1 ? "none" : index < tried.length - 1 ? "travelled" : "idle",
    step: index,
  }));
}

type Group = readonly [TrackLine, ...TrackLine[]];

/** Whether the request came, or would come, this way. */
export function isTravelled({ state }: TrackLine): boolean {
  return state.kind === "served" || state.kind === "failed" || state.kind === "set";
}

function groupAfter(lines: readonly TrackLine[], shown: number): Group[] {
  const rest = lines.slice(shown);
  // A group of one would take the same room and say less.
  if (rest.length <= 1) return lines.map((line) => [line]);
  const [first, ...others] = rest;
  return [
    ...lines.slice(0, shown).map((line): Group => [line]),
    ...(first === undefined ? [] : [[first, ...others] as const]),
  ];
}

/** The reasons with the fewest endpoints first: those are about this request, the large ones about the installation. */
function groupByReason(lines: readonly TrackLine[]): Group[] {
  if (lines.length <= MAX_EXCLUDED) return lines.map((line) => [line]);
  const byReason = new Map<string, [TrackLine, ...TrackLine[]]>();
  for (const line of lines) {
    const reason = reasonOf(line);
    const group = byReason.get(reason);
    if (group === undefined) byReason.set(reason, [line]);
    else group.push(line);
  }
  return [...byReason.values()]
    .flatMap((group): Group[] => (group.length < MIN_GROUP ? group.map((line) => [line]) : [group]))
    .sort((a, b) => a.length - b.length);
}

export function reasonOf({ state }: TrackLine): string {
  return state.kind === "excluded" ? state.reason : "";
}
