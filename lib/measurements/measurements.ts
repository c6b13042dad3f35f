import "server-only";
import { processState } from "@/lib/process-state";
import type { EndpointMeasurements } from "@/lib/schemas/endpoint-health";
import { MeasurementBook } from "./measurement-book";

/** What this process knows of all endpoints, together with what others told it. */
export function measurementBook(): MeasurementBook {
  return processState("measurements", () => new MeasurementBook());
}

/** What was seen of endpoints lately, by id (`model|tag`); those of which nothing is known are left out. */
export function measurementsOf(endpointIds: readonly string[]): ReadonlyMap<string, EndpointMeasurements> {
  const book = measurementBook();
  const nowMs = Date.now();
  return new Map(
    endpointIds.flatMap((id) => {
      const known = book.measurementsOf(id, nowMs);
      return known === undefined ? [] : [[id, known]];
    }),
  );
}
