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
