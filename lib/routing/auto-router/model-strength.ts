import type { AutoRouterPool } from "@/lib/schemas/auto-router";
import type { Model } from "@/lib/schemas/endpoint";

/** How good a model is thought to be: over all, and at the task types where that differs. */
export type ModelStrength = { quality: number; strengths: Readonly<Record<string, number>> };

/** A pool's entry together with the catalog's model. */
export type KnownStrength = ModelStrength & { model: Model };

const SECONDS_PER_YEAR = 31_557_600;
// Without a relative in the pool. A tenfold price buys about as much as two years of progress do.
const QUALITY_AT_ONE_DOLLAR = 0.7;
const QUALITY_PER_TENFOLD_PRICE = 0.18;
/** Of a model whose size is in its name; open models are cheaper than their quality says. */
const QUALITY_AT_ONE_BILLION = 0.4;
const QUALITY_PER_TENFOLD_SIZE = 0.16;
const QUALITY_LOST_PER_YEAR = 0.1;
const QUALITY_OF_REASONING = 0.04;
const QUALITY_OF_LONG_CONTEXT = 0.01;
const LONG_CONTEXT_TOKENS = 200_000;
/** Relatives: what a year between two models of one family is worth. */
const FAMILY_QUALITY_PER_YEAR = 0.08;
const MIN_QUALITY = 0.05;
const MAX_QUALITY = 0.97;
/** Free models count as if they cost this much, in USD per million tokens. */
const LEAST_PRICE = 0.02;

/** The strengths that the pool gives, with the models that they are of; entries without a model are left out. */
export function knownStrengths(pool: AutoRouterPool, findModel: (id: string) => Model | undefined): KnownStrength[] {
  return pool.models.flatMap(({ model: id, quality, strengths = {} }) => {
    const model = findModel(id);
    return model === undefined ? [] : [{ model, quality, strengths }];
  });
}

/**
 * How good a model is that the pool does not have, derived from the catalog: from the closest relative in the pool (same
 * author and line, whatever the version) and the time between the two; else from its price and the size in its name, its
 * age against the newest of the pool, whether it reasons, and its context.
 */
export function strengthOf(model: Model, known: readonly KnownStrength[]): ModelStrength {
  const own = known.find((entry) => entry.model.id === model.id);
  if (own !== undefined) return { quality: own.quality, strengths: own.strengths };
  const relative = closestRelative(model, known);
  if (relative !== undefined) {
    const years = (model.fact.createdSeconds - relative.model.fact.createdSeconds) / SECONDS_PER_YEAR;
    const change = years * FAMILY_QUALITY_PER_YEAR;
    const strengths = Object.entries(relative.strengths).map(([type, strength]) => [type, bounded(strength + change)]);
    return { quality: bounded(relative.quality + change), strengths: Object.fromEntries(strengths) };
  }
  const newest = Math.max(model.fact.createdSeconds, ...known.map((entry) => entry.model.fact.createdSeconds));
  const years = (newest - model.fact.createdSeconds) / SECONDS_PER_YEAR;
  const quality =
    basicQualityOf(model) -
    QUALITY_LOST_PER_YEAR * years +
    (model.fact.reasoning === undefined ? 0 : QUALITY_OF_REASONING) +
    (model.fact.contextTokens >= LONG_CONTEXT_TOKENS ? QUALITY_OF_LONG_CONTEXT : 0);
  return { quality: bounded(quality), strengths: {} };
}

function basicQualityOf(model: Model): number {
  const price = Math.max(LEAST_PRICE, blendedPriceOf(model));
  const byPrice = QUALITY_AT_ONE_DOLLAR + QUALITY_PER_TENFOLD_PRICE * Math.log10(price);
  const size = billionsOf(model.id);
  if (size === undefined) return byPrice;
  return (byPrice + QUALITY_AT_ONE_BILLION + QUALITY_PER_TENFOLD_SIZE * Math.log10(size)) / 2;
}

/** Parameters in billions, when the name says so: `acme/swift-8x22b` has 176. */
function billionsOf(id: string): number | undefined {
  const [, experts = "1", size] = /(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![a-z0-9])/.exec(id.slice(id.indexOf("/"))) ?? [];
  return size === undefined || Number(size) === 0 ? undefined : Number(experts) * Number(size);
}

/** USD per million tokens, three of the prompt to one of the answer. For comparisons only. */
export function blendedPriceOf({ fact }: Model): number {
  return ((3 * Number(fact.prices.prompt) + Number(fact.prices.completion)) / 4) * 1_000_000;
}

function closestRelative(model: Model, known: readonly KnownStrength[]): KnownStrength | undefined {
  const family = familyOf(model.id);
  const distance = (entry: KnownStrength) => Math.abs(entry.model.fact.createdSeconds - model.fact.createdSeconds);
  const relatives = known.filter((entry) => familyOf(entry.model.id) === family);
  return relatives.sort((a, b) => distance(a) - distance(b))[0];
}

/** An id without version numbers, dates and variants: `acme/swift-2.5-mini-0925:free` is of the family `acme/swift-mini`. */
function familyOf(id: string): string {
  const [base = id] = id.split(":");
  return base.replaceAll(/[-.]?v?\d+(?:[.-]\d+)*(?=[-/]|$)/g, "").replace(/-(?:preview|latest|exp)$/, "");
}

function bounded(quality: number): number {
  return Math.min(MAX_QUALITY, Math.max(MIN_QUALITY, quality));
}
