import type { ListedModel } from "@/lib/schemas/listed-model";
import { ALL_OUTPUTS, type ModelFilter, type Span } from "./model-filter";

const DAY_SECONDS = 86_400;

/** Whether a model fits everything that a filter asks for but its words, which only the whole list can judge. */
export function fitsFilter(model: ListedModel, filter: ModelFilter, nowMs: number): boolean {
  const { benchmarks } = filter;
  return (
    hasAll(model.inputModalities, filter.inputModalities) &&
    fitsOutputs(model.outputModalities, filter.outputModalities) &&
    hasAll(model.supportedParameters, filter.supportedParameters) &&
    isOneOf([model.series.toLowerCase()], filter.series) &&
    isOneOf(model.providers, filter.providers) &&
    isOneOf([model.author], filter.authors) &&
    (filter.category === undefined || model.ranks[filter.category] !== undefined) &&
    (filter.region === undefined || model.regions.includes(filter.region)) &&
    (filter.distillable === undefined || model.distillable === filter.distillable) &&
    (!filter.zdr || model.zdr) &&
    (!filter.available || model.isReachable) &&
    (filter.contextTokens === undefined || model.contextTokens >= filter.contextTokens) &&
    isWithin(model.promptPrice, filter.promptPrice) &&
    isWithin(model.completionPrice, filter.completionPrice) &&
    isWithin((nowMs / 1_000 - model.createdSeconds) / DAY_SECONDS, filter.ageDays) &&
    isWithin(model.benchmarks.intelligence, benchmarks.intelligence) &&
    isWithin(model.benchmarks.coding, benchmarks.coding) &&
    isWithin(model.benchmarks.agentic, benchmarks.agentic) &&
    isWithin(model.benchmarks.toolSuccess, benchmarks.toolSuccess)
  );
}

/** What a caller who asks for no outputs has no use for: embeddings and rankings have doors of their own. */
const ON_REQUEST: ReadonlySet<string> = new Set(["embeddings", "rerank"]);

function fitsOutputs(list: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.includes(ALL_OUTPUTS)) return true;
  return wanted.length === 0 ? list.some((word) => !ON_REQUEST.has(word)) : hasAll(list, wanted);
}

function hasAll(list: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word) => list.includes(word));
}

function isOneOf(list: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((word) => list.includes(word));
}

/** What is not known is within no span but an open one. */
function isWithin(value: number | undefined, { min, max }: Span): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== undefined && (min === undefined || value >= min) && (max === undefined || value <= max);
}
