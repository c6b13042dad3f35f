import { z } from "zod";
import { publicAttemptSchema } from "@/lib/schemas/public-route";
import { routeRecordSchema } from "@/lib/schemas/route-record";
import type { Track } from "./track";
import { trackOfRecord } from "./track-of-record";

const metadataSchema = z.looseObject({
  excluded: routeRecordSchema.shape.excluded.optional(),
  attempts: z.array(publicAttemptSchema).optional(),
});

/**
 * The lines of a request that the API refused, from the `metadata` of its error: what was tried and what was excluded.
 * `null` when the error says nothing of endpoints.
 */
export function trackOfRefusal(metadata: unknown, requested: string | undefined): Track | null {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) return null;
  const { excluded = [], attempts = [] } = parsed.data;
  if (excluded.length + attempts.length === 0) return null;
  return trackOfRecord({
    requested,
    candidates: [],
    excluded,
    attempts: attempts.map(({ latency_ms, dropped_parameters, byok_key, ...attempt }) => ({
      ...attempt,
      latencyMs: latency_ms,
      ...(byok_key === undefined ? {} : { ownKey: byok_key }),
      ...(dropped_parameters === undefined ? {} : { droppedParameters: dropped_parameters }),
    })),
    notices: [],
  });
}
