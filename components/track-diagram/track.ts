/** One try at an endpoint. */
export type TrackAttempt = {
  status: number;
  latencyMs: number;
  error: string | undefined;
};

export type TrackState =
  /** It answered. */
  | { kind: "served"; attempts: readonly TrackAttempt[] }
  /** It was tried, and the last try failed. */
  | { kind: "failed"; attempts: readonly TrackAttempt[] }
  /** It would be tried first: nothing was sent yet. */
  | { kind: "set" }
  /** It could serve, and was not needed. */
  | { kind: "waiting" }
  /** It cannot serve this request. */
  | { kind: "excluded"; reason: string; fix: string | undefined };

/** One endpoint. */
export type TrackLine = {
  model: string;
  provider: string;
  /** The endpoint's tag. */
  endpoint: string;
  /** The account's own key that it is asked with; absent: the installation's. */
  ownKey?: string | undefined;
  state: TrackState;
  /** Chance (0 to 1) of being tried first, where the first was drawn. */
  probability: number | undefined;
  /** What else is to be said of it, such as a limit that was lowered. */
  notes: readonly string[];
};

/** All that the diagram draws: every endpoint that was considered, in the order in which it was or would be tried. */
export type Track = {
  /** The model string of the request, where it is known. */
  requested: string | undefined;
  /** Nothing was sent: the plan of a dry run. */
  isPlan: boolean;
  lines: readonly TrackLine[];
};

/** What tells a line from the others: an endpoint may be there once for each key that it is asked with. */
export function lineKeyOf({ model, endpoint, ownKey }: Pick<TrackLine, "model" | "endpoint" | "ownKey">): string {
  return `${model} ${endpoint}${ownKey === undefined ? "" : ` ${ownKey}`}`;
}

/** What is said of a line that is asked with a key of the account's own. */
export function ownKeyNote(ownKey: string | undefined): string[] {
  return ownKey === undefined ? [] : [`with your own key "${ownKey}"`];
}

/** Keys of one name are one line. */
export function distinctLines(lines: readonly TrackLine[]): TrackLine[] {
  return [...new Map(lines.map((line) => [lineKeyOf(line), line] as const).reverse()).values()].reverse();
}
