import type { ModelFilter } from "@/lib/model-list/model-filter";
import { readModelFilter } from "@/lib/model-list/read-model-filter";
import { writeModelFilter } from "@/lib/model-list/write-model-filter";

/** How many models fit beside each other. */
export const MAX_COMPARED = 4;

export type ListFormat = "table" | "cards";

/** All that an address of the models page says. */
export type ModelsView = {
  filter: ModelFilter;
  format: ListFormat;
  /** Ids of models side by side; empty: the list is shown. */
  compared: readonly string[];
};

/** Reads an address; what is wrong in it is left out. */
export function readModelsView(query: URLSearchParams): ModelsView {
  const compared = (query.get("compare") ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return {
    filter: readModelFilter(query).filter,
    format: query.get("fmt") === "cards" ? "cards" : "table",
    compared: [...new Set(compared)].slice(0, MAX_COMPARED),
  };
}

/** The shortest address that shows this view. */
export function modelsHref({ filter, format, compared }: ModelsView): string {
  const query = writeModelFilter(filter);
  if (format === "cards") query.set("fmt", "cards");
  if (compared.length > 0) query.set("compare", compared.join());
  // Commas and slashes stand for themselves in a query, and a link that people pass on is to be read by them.
  const text = query
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%2F", "/")
    .replaceAll("%3A", ":")
    .replaceAll("%7E", "~");
  return text === "" ? "/models" : `/models?${text}`;
}
