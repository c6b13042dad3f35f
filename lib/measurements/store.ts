import "server-only";
import { z } from "zod";
import { getPool } from "@/lib/db/connection";
import type { SlotRow } from "./measurement-book";
import type { Counts } from "./slot-log";

/** Adds nothing up: a row is all that one process saw in one slot, so that writing it again does no harm. */
const WRITE = `
  INSERT INTO "EndpointMeasurement" ("endpointId", "startedAt", "instanceId", "attempts", "failures", "latency", "throughput")
  SELECT r."endpointId", r."startedAt", $2, r."attempts", r."failures", r."latency", r."throughput"
  FROM jsonb_to_recordset($1::jsonb) AS r("endpointId" text, "startedAt" timestamptz, "attempts" int, "failures" int,
    "latency" jsonb, "throughput" jsonb)
  ON CONFLICT ("endpointId", "startedAt", "instanceId") DO UPDATE SET "attempts" = EXCLUDED."attempts",
    "failures" = EXCLUDED."failures", "latency" = EXCLUDED."latency", "throughput" = EXCLUDED."throughput"`;

/** Writes what this process saw, in one statement. */
export async function writeSlots(instanceId: number, rows: readonly SlotRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ endpointId, startedAt, slot: { attempts, failures, latency, throughput } }) => ({
    endpointId,
    startedAt: startedAt.toISOString(),
    attempts,
    failures,
    latency: [...latency],
    throughput: [...throughput],
  }));
  await getPool().query(WRITE, [JSON.stringify(values), instanceId]);
}

// Speeds are asked for over half an hour, uptime over a day.
const READ = `
  SELECT "endpointId", "startedAt", sum("attempts")::int AS "attempts", sum("failures")::int AS "failures",
    CASE WHEN "startedAt" > now() - interval '40 minutes' THEN jsonb_agg("latency") END AS "latencies",
    CASE WHEN "startedAt" > now() - interval '40 minutes' THEN jsonb_agg("throughput") END AS "throughputs"
  FROM "EndpointMeasurement" WHERE "startedAt" > now() - interval '25 hours'
  GROUP BY "endpointId", "startedAt"`;

const countsSchema = z.array(z.array(z.tuple([z.int(), z.int()]))).nullable();
const rowSchema = z.object({
  endpointId: z.string(),
  startedAt: z.date(),
  attempts: z.int(),
  failures: z.int(),
  latencies: countsSchema,
  throughputs: countsSchema,
});

/** What all processes saw in the last day. */
export async function readSlots(): Promise<SlotRow[]> {
  const { rows } = await getPool().query(READ);
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ endpointId, startedAt, attempts, failures, latencies, throughputs }) => ({
      endpointId,
      startedAt,
      slot: { attempts, failures, latency: addUp(latencies), throughput: addUp(throughputs) },
    }));
}

/** Forgets what nobody asks for any more. */
export async function deleteOldSlots(): Promise<void> {
  await getPool().query(`DELETE FROM "EndpointMeasurement" WHERE "startedAt" < now() - interval '26 hours'`);
}

function addUp(lists: readonly (readonly (readonly [number, number])[])[] | null): Counts {
  const counts: Counts = new Map();
  for (const [index, count] of (lists ?? []).flat()) counts.set(index, (counts.get(index) ?? 0) + count);
  return counts;
}
