import { processState } from "@/lib/process-state";
import { type HealthWindow, healthOf, newHealthWindow, noteOutcome, noteSpeed } from "@/lib/routing/health-window";
import type { EndpointHealth, HealthSnapshot } from "@/lib/routing/types";
import type { Model } from "@/lib/schemas/endpoint";

const windows = () => processState("endpoint-health", () => new Map<string, HealthWindow>());

/** What is known now of the endpoints of these models. */
export function healthSnapshot(models: readonly Model[], nowMs: number): HealthSnapshot {
  const known = windows();
  const snapshot = new Map<string, EndpointHealth>();
  if (known.size === 0) return snapshot;
  for (const model of models) {
    for (const { id } of model.endpoints) {
      const window = known.get(id);
      if (window !== undefined) snapshot.set(id, healthOf(window, nowMs));
    }
  }
  return snapshot;
}

/** Notes an attempt that went well or failed by the provider's fault. */
export function noteAttempt(endpointId: string, failed: boolean, nowMs: number): void {
  noteOutcome(windowOf(endpointId), failed, nowMs);
}

/** Notes how fast a finished answer was. */
export function noteAnswerSpeed(endpointId: string, firstTokenMs: number, tokensPerSecond: number | undefined): void {
  noteSpeed(windowOf(endpointId), firstTokenMs, tokensPerSecond);
}

function windowOf(endpointId: string): HealthWindow {
  const known = windows();
  let window = known.get(endpointId);
  if (window === undefined) {
    window = newHealthWindow();
    known.set(endpointId, window);
  }
  return window;
}
