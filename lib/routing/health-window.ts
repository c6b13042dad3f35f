import type { EndpointHealth } from "./types";

/** How far back failures count, in ms. Source: routing rules, "significant outage" (30 s). */
export const OUTAGE_WINDOW_MS = 30_000;
const MIN_ATTEMPTS = 3;
const KEPT_SAMPLES = 64;

type Outcome = { atMs: number; failed: boolean };

/** What one process remembers of one endpoint: recent outcomes, and samples of speed. */
export type HealthWindow = {
  outcomes: Outcome[];
  latenciesMs: number[];
  throughputs: number[];
};

export function newHealthWindow(): HealthWindow {
  return { outcomes: [], latenciesMs: [], throughputs: [] };
}

/** Notes how an attempt went. A caller's own mistake or abort must not be noted. */
export function noteOutcome(window: HealthWindow, failed: boolean, nowMs: number): void {
  const { outcomes } = window;
  outcomes.push({ atMs: nowMs, failed });
  const fresh = outcomes.findIndex((outcome) => nowMs - outcome.atMs <= OUTAGE_WINDOW_MS);
  const stale = Math.max(fresh, outcomes.length - KEPT_SAMPLES);
  if (stale > 0) outcomes.splice(0, stale);
}

/** Notes the speed of a finished answer: ms to the first content, and tokens per second after it. */
export function noteSpeed(window: HealthWindow, firstTokenMs: number, tokensPerSecond: number | undefined): void {
  keep(window.latenciesMs, firstTokenMs);
  if (tokensPerSecond !== undefined) keep(window.throughputs, tokensPerSecond);
}

/**
 * An outage is significant when, in the last 30 s, at least half of at least three attempts failed by the provider's
 * fault, or the last three in a row did.
 */
export function healthOf(window: HealthWindow, nowMs: number): EndpointHealth {
  let attempts = 0;
  let failures = 0;
  let failuresInARow = 0;
  for (const { atMs, failed } of window.outcomes) {
    if (nowMs - atMs > OUTAGE_WINDOW_MS) continue;
    attempts += 1;
    failures += failed ? 1 : 0;
    failuresInARow = failed ? failuresInARow + 1 : 0;
  }
  const outage = attempts >= MIN_ATTEMPTS && (failures * 2 >= attempts || failuresInARow >= MIN_ATTEMPTS);
  return new MeasuredHealth(!outage, window);
}

/** Medians when they are asked for: only a request that sorts by speed does, and sorting the samples is most of the work. */
class MeasuredHealth implements EndpointHealth {
  readonly stable: boolean;
  private readonly window: HealthWindow;

  constructor(stable: boolean, window: HealthWindow) {
    this.stable = stable;
    this.window = window;
  }

  get throughputP50(): number | undefined {
    return median(this.window.throughputs);
  }

  get latencyMsP50(): number | undefined {
    return median(this.window.latenciesMs);
  }
}

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > KEPT_SAMPLES) samples.shift();
}

function median(samples: readonly number[]): number | undefined {
  if (samples.length === 0) return undefined;
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
