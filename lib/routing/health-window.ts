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
  window.outcomes = window.outcomes
    .filter((outcome) => nowMs - outcome.atMs <= OUTAGE_WINDOW_MS)
    .slice(1 - KEPT_SAMPLES);
  window.outcomes.push({ atMs: nowMs, failed });
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
  const recent = window.outcomes.filter((outcome) => nowMs - outcome.atMs <= OUTAGE_WINDOW_MS);
  const failures = recent.filter((outcome) => outcome.failed).length;
  const lastThree = recent.slice(-MIN_ATTEMPTS);
  const outage =
    recent.length >= MIN_ATTEMPTS && (failures * 2 >= recent.length || lastThree.every((outcome) => outcome.failed));
  return { stable: !outage, throughputP50: median(window.throughputs), latencyMsP50: median(window.latenciesMs) };
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
