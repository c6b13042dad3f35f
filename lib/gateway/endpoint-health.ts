import { measurementBook } from "@/lib/measurements/measurements";
import type { Model } from "@/lib/schemas/endpoint";
import type { EndpointHealth, HealthSnapshot } from "@/lib/schemas/endpoint-health";

/** What is known now of the endpoints of these models. */
export function healthSnapshot(models: readonly Model[], nowMs: number): HealthSnapshot {
  const book = measurementBook();
  const snapshot = new Map<string, EndpointHealth>();
  for (const model of models) {
    for (const { id } of model.endpoints) {
      const health = book.healthOf(id, nowMs);
      if (health !== undefined) snapshot.set(id, health);
    }
  }
  return snapshot;
}
