import "server-only";
import type { ActivityFilter } from "@/lib/schemas/activity-filter";
import { CSV_HEADER, csvRow, jsonRow } from "./export-row";
import { findGenerations } from "./list-generations";
import { type GenerationPosition, type ListedRow, withNames } from "./store";
import { summarizeGeneration } from "./summarize-generation";

export type ExportFormat = "csv" | "json";

/** Small enough that writing them out keeps nobody waiting (a few milliseconds). */
const BATCH = 1_000;

/** All generations of a filter, newest first, as the text of a file; as fast as it is read, and never all in memory. */
export async function* exportGenerations(
  accountId: string,
  filter: ActivityFilter,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  yield format === "csv" ? CSV_HEADER : "[";
  let separator = "";
  let after: GenerationPosition | null = null;
  do {
    const rows: ListedRow[] = await findGenerations({ accountId, filter, after, direction: "older", limit: BATCH });
    const generations = (await withNames(accountId, rows)).map(summarizeGeneration);
    if (generations.length > 0) {
      yield format === "csv"
        ? generations.map(csvRow).join("")
        : `${separator}\n${generations.map(jsonRow).join(",\n")}`;
      separator = ",";
    }
    after = rows.length < BATCH ? null : (rows.at(-1) ?? null);
  } while (after !== null);
  if (format === "json") yield "\n]\n";
}
