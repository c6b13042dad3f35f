import type { EndpointMeasurements } from "@/lib/catalog/render-endpoint";
import type { Model } from "@/lib/schemas/endpoint";
import { healthSnapshot } from "./endpoint-health";

/** What was seen of the endpoints of these models lately, by endpoint id; those of which nothing is known are left out. */
export function endpointMeasurements(
  models: readonly Model[],
  nowMs: number,
): ReadonlyMap<string, EndpointMeasurements> {
  const measured = new Map<string, EndpointMeasurements>();
  for (const [id, health] of healthSnapshot(models, nowMs)) {
    measured.set(id, {
      uptimeLast5mPercent: null,
      uptimeLast30mPercent: null,
      uptimeLast1dPercent: null,
      latencyMs: flat(health.latencyMsP50),
      throughputTokensPerSecond: flat(health.throughputP50),
    });
  }
  return measured;
}

function flat(p50: number | undefined) {
  return p50 === undefined ? null : { p50, p75: p50, p90: p50, p99: p50 };
}
