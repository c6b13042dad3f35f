import { CATEGORIES, REGIONS } from "@/lib/schemas/listed-model";
import { ALL_OUTPUTS, type ModelFilter, ORDERS, type Span } from "./model-filter";

/** A query parameter that means nothing, and what would. */
export type FilterProblem = { field: string; problem: string };

const MAX_QUERY_CHARS = 256;

/**
 * Reads a filter from the query of an address, of a page or of `GET /models`. What is wrong is left out of the filter
 * and named: the API refuses it, a page shows the rest.
 */
export function readModelFilter(query: URLSearchParams): { filter: ModelFilter; problems: readonly FilterProblem[] } {
  const problems: FilterProblem[] = [];

  const text = (...names: readonly string[]): [string, string] | undefined => {
    for (const name of names) {
      const value = query.get(name)?.trim();
      if (value !== undefined && value !== "") return [name, value];
    }
    return undefined;
  };
  const list = (...names: readonly string[]): readonly string[] => {
    const words = names
      .flatMap((name) => query.getAll(name))
      .flatMap((value) => value.split(","))
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word !== "");
    return words.includes("all") ? [] : [...new Set(words)].sort();
  };
  const slugs = (...names: readonly string[]) =>
    [...new Set(list(...names).map((word) => word.replaceAll(" ", "-")))].sort();
  const number = (name: string, allowed: { from: number; to?: number; whole?: boolean }): number | undefined => {
    const [, value] = text(name) ?? [];
    if (value === undefined) return undefined;
    const { from, to = Number.MAX_VALUE, whole = false } = allowed;
    const parsed = Number(value);
    if (parsed >= from && parsed <= to && (!whole || Number.isSafeInteger(parsed))) return parsed;
    const kind = whole ? "a whole number" : "a number";
    const range = to === Number.MAX_VALUE ? `of at least ${from}` : `from ${from} to ${to}`;
    problems.push({ field: name, problem: `must be ${kind} ${range}` });
    return undefined;
  };
  const span = (min: string, max: string, allowed: { from: number; to?: number; whole?: boolean }): Span => ({
    min: number(min, allowed),
    max: number(max, allowed),
  });
  const choice = <Value extends string>(values: readonly Value[], ...names: readonly string[]): Value | undefined => {
    const [name, value] = text(...names) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const found = values.find((known) => known === value.toLowerCase());
    if (found === undefined) problems.push({ field: name, problem: `must be one of ${values.join(", ")}` });
    return found;
  };

  const words = text("q")?.[1] ?? "";
  if (words.length > MAX_QUERY_CHARS) {
    problems.push({ field: "q", problem: `must have at most ${MAX_QUERY_CHARS} characters` });
  }
  const distillable = choice(["true", "false"], "distillable");
  const order = choice([...ORDERS, "most-popular"], "order", "sort");
  return {
    filter: {
      q: words.length > MAX_QUERY_CHARS ? "" : words,
      inputModalities: list("input_modalities"),
      outputModalities: (text("output_modalities")?.[1] ?? "").toLowerCase().split(",").includes(ALL_OUTPUTS)
        ? [ALL_OUTPUTS]
        : list("output_modalities"),
      supportedParameters: list("supported_parameters"),
      series: list("arch", "series"),
      providers: slugs("providers"),
      authors: slugs("model_authors", "authors"),
      category: choice(CATEGORIES, "category"),
      region: choice(REGIONS, "region"),
      distillable: distillable === undefined ? undefined : distillable === "true",
      zdr: choice(["true", "false"], "zdr") === "true",
      available: choice(["true", "false"], "available") === "true",
      contextTokens: number("context", { from: 1, whole: true }),
      promptPrice: span("min_price", "max_price", { from: 0 }),
      completionPrice: span("min_output_price", "max_output_price", { from: 0 }),
      ageDays: span("min_age_days", "max_age_days", { from: 0, whole: true }),
      benchmarks: {
        intelligence: span("min_intelligence_index", "max_intelligence_index", { from: 0 }),
        coding: span("min_coding_index", "max_coding_index", { from: 0 }),
        agentic: span("min_agentic_index", "max_agentic_index", { from: 0 }),
        toolSuccess: span("min_tool_success_rate", "max_tool_success_rate", { from: 0, to: 1 }),
      },
      // What was used most ever is not counted here; what was used most this week is.
      order: order === "most-popular" ? "top-weekly" : order,
    },
    problems,
  };
}
