import type { RouteRecord } from "@/lib/schemas/route-record";
import {
  distinctLines,
  lineKeyOf,
  ownKeyNote,
  type Track,
  type TrackAttempt,
  type TrackLine,
  type TrackState,
} from "./track";

type Attempt = RouteRecord["attempts"][number];

/** The lines of a request that was made, from its stored route. */
export function trackOfRecord({ requested, candidates, attempts, excluded }: RouteRecord): Track {
  const tried = new Map<string, Attempt[]>();
  for (const attempt of attempts) tried.set(lineKeyOf(attempt), [...(tried.get(lineKeyOf(attempt)) ?? []), attempt]);

  const triedLines = [...tried.values()].flatMap((tries): TrackLine[] => {
    const [first] = tries;
    if (first === undefined) return [];
    const candidate = candidates.find((entry) => lineKeyOf(entry) === lineKeyOf(first));
    return [lineOf(candidate ?? first, stateOf(tries), [...notesOf(tries), ...limitNote(candidate?.clampedMaxTokens)])];
  });
  const waitingLines = candidates
    .filter((candidate) => !tried.has(lineKeyOf(candidate)))
    .map((candidate) => lineOf(candidate, { kind: "waiting" }, limitNote(candidate.clampedMaxTokens)));
  const excludedLines = excluded.map((exclusion) =>
    lineOf(exclusion, { kind: "excluded", reason: exclusion.reason, fix: exclusion.fix ?? undefined }, []),
  );
  return { requested, isPlan: false, lines: [...triedLines, ...distinctLines(waitingLines), ...excludedLines] };
}

type Endpoint = {
  model: string;
  provider: string;
  endpoint: string;
  probability?: unknown;
  ownKey?: string | undefined;
};

function lineOf(
  { model, provider, endpoint, probability, ownKey }: Endpoint,
  state: TrackState,
  notes: string[],
): TrackLine {
  return {
    model,
    provider,
    endpoint,
    ...(ownKey === undefined ? {} : { ownKey }),
    state,
    probability: typeof probability === "number" ? probability : undefined,
    notes: [...ownKeyNote(ownKey), ...notes],
  };
}

function stateOf(tries: readonly Attempt[]): TrackState {
  const attempts = tries.map(
    ({ status, latencyMs, error }): TrackAttempt => ({ status, latencyMs, error: error ?? undefined }),
  );
  return { kind: isFailure(tries.at(-1)) ? "failed" : "served", attempts };
}

/** An answer can begin with status 200 and break off after that; then it has an error. */
function isFailure(attempt: Attempt | undefined): boolean {
  return attempt === undefined || attempt.status >= 400 || (attempt.error !== undefined && attempt.error !== null);
}

function notesOf(tries: readonly Attempt[]): string[] {
  const dropped = [...new Set(tries.flatMap(({ droppedParameters = [] }) => droppedParameters))];
  return dropped.length === 0 ? [] : [`without ${dropped.join(", ")}, which it does not know`];
}

function limitNote(tokens: number | undefined): string[] {
  return tokens === undefined ? [] : [`output limited to ${tokens} tokens, which is what the credit pays for`];
}
