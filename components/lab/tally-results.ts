import type { LabRequest } from "@/lib/schemas/lab";
import { outcomeOf } from "./request-outcome";
import type { TestResult } from "./use-test-requests";

export type TallyRow = { provider: string; served: number; afterFallback: number; failed: number };

/** Where test requests went, the busiest first. Whether one fell back is known once its record is written. */
export function tallyResults(results: readonly TestResult[], records: readonly LabRequest[]): TallyRow[] {
  const recordOf = new Map(records.map((record) => [record.id, record]));
  const rows = new Map<string, TallyRow>();
  for (const result of results) {
    const provider = result.provider ?? "Nobody";
    const row = rows.get(provider) ?? { provider, served: 0, afterFallback: 0, failed: 0 };
    const record = result.id === null ? undefined : recordOf.get(result.id);
    const fellBack = record !== undefined && outcomeOf(record).status === "caution";
    rows.set(provider, {
      provider,
      served: row.served + (result.kind === "served" ? 1 : 0),
      afterFallback: row.afterFallback + (result.kind === "served" && fellBack ? 1 : 0),
      failed: row.failed + (result.kind === "failed" ? 1 : 0),
    });
  }
  return [...rows.values()].sort((a, b) => b.served + b.failed - a.served - a.failed);
}
