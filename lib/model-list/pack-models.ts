import {
  BENCHMARKS,
  type Benchmark,
  CATEGORIES,
  type Category,
  type ListedModel,
  type ModelStatus,
  REGIONS,
} from "@/lib/schemas/listed-model";
import { authorOf } from "./author-of";

const STATUSES = ["active", "legacy", "alias", "router"] as const satisfies readonly ModelStatus[];
const UNITS = ["image", "megapixel"] as const;

/** One model; numbers stand for places in the lists of {@link PackedModels}, `null` for what is not known. */
type PackedModel = readonly [
  id: string,
  name: string,
  series: number,
  status: number,
  createdSeconds: number,
  description: string,
  contextTokens: number,
  maxOutputTokens: number | null,
  promptPrice: number | null,
  completionPrice: number | null,
  picturePrice: readonly [usd: number, unit: number] | null,
  inputModalities: readonly number[],
  outputModalities: readonly number[],
  supportedParameters: readonly number[],
  providers: readonly number[],
  regions: readonly number[],
  flags: number,
  ranks: readonly (readonly [category: number, rank: number])[],
  benchmarks: readonly (readonly [benchmark: number, value: number])[],
  throughput: number | null,
  latencyMs: number | null,
  weeklyTokens: number,
];

/** Models as they travel to a browser: a third of the size, because nothing is named twice. */
export type PackedModels = {
  series: readonly string[];
  modalities: readonly string[];
  parameters: readonly string[];
  providers: readonly string[];
  models: readonly PackedModel[];
};

const ZDR = 1;
const DISTILLABLE = 2;
const REACHABLE = 4;

/** Packs models for {@link unpackModels}. */
export function packModels(models: readonly ListedModel[]): PackedModels {
  const series = new Words();
  const modalities = new Words();
  const parameters = new Words();
  const providers = new Words();
  const packed = models.map(
    (model): PackedModel => [
      model.id,
      model.name,
      series.placeOf(model.series),
      STATUSES.indexOf(model.status),
      model.createdSeconds,
      model.description,
      model.contextTokens,
      model.maxOutputTokens ?? null,
      model.promptPrice ?? null,
      model.completionPrice ?? null,
      model.picturePrice === undefined ? null : [model.picturePrice.usd, UNITS.indexOf(model.picturePrice.unit)],
      model.inputModalities.map((word) => modalities.placeOf(word)),
      model.outputModalities.map((word) => modalities.placeOf(word)),
      model.supportedParameters.map((word) => parameters.placeOf(word)),
      model.providers.map((word) => providers.placeOf(word)),
      model.regions.map((region) => REGIONS.indexOf(region)),
      (model.zdr ? ZDR : 0) + (model.distillable ? DISTILLABLE : 0) + (model.isReachable ? REACHABLE : 0),
      knownOf(CATEGORIES, model.ranks),
      knownOf(BENCHMARKS, model.benchmarks),
      model.throughput ?? null,
      model.latencyMs ?? null,
      model.weeklyTokens,
    ],
  );
  return {
    series: series.list,
    modalities: modalities.list,
    parameters: parameters.list,
    providers: providers.list,
    models: packed,
  };
}

/** The models that {@link packModels} packed, equal in everything. */
export function unpackModels({ series, modalities, parameters, providers, models }: PackedModels): ListedModel[] {
  const wordsOf = <Word extends string>(list: readonly Word[], places: readonly number[]): Word[] =>
    places.flatMap((place) => list[place] ?? []);
  return models.map((packed): ListedModel => {
    const [id, name, seriesPlace, status, createdSeconds, description, contextTokens, maxOutputTokens, ...rest] =
      packed;
    const [promptPrice, completionPrice, picture, inputs, outputs, supported, offered, regions, flags, ...figures] =
      rest;
    const [ranks, benchmarks, throughput, latencyMs, weeklyTokens] = figures;
    return {
      id,
      name,
      author: authorOf(id),
      series: series[seriesPlace] ?? "",
      status: STATUSES[status] ?? "active",
      createdSeconds,
      description,
      contextTokens,
      maxOutputTokens: maxOutputTokens ?? undefined,
      promptPrice: promptPrice ?? undefined,
      completionPrice: completionPrice ?? undefined,
      picturePrice: picture === null ? undefined : { usd: picture[0], unit: UNITS[picture[1]] ?? "image" },
      inputModalities: wordsOf(modalities, inputs),
      outputModalities: wordsOf(modalities, outputs),
      supportedParameters: wordsOf(parameters, supported),
      providers: wordsOf(providers, offered),
      regions: wordsOf(REGIONS, regions),
      zdr: (flags & ZDR) !== 0,
      distillable: (flags & DISTILLABLE) !== 0,
      isReachable: (flags & REACHABLE) !== 0,
      ranks: namedOf<Category>(CATEGORIES, ranks),
      benchmarks: namedOf<Benchmark>(BENCHMARKS, benchmarks),
      throughput: throughput ?? undefined,
      latencyMs: latencyMs ?? undefined,
      weeklyTokens,
    };
  });
}

class Words {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}

function knownOf<Name extends string>(
  names: readonly Name[],
  values: Readonly<Partial<Record<Name, number | undefined>>>,
) {
  return names.flatMap((name, place): (readonly [number, number])[] => {
    const value = values[name];
    return value === undefined ? [] : [[place, value]];
  });
}

function namedOf<Name extends string>(names: readonly Name[], pairs: readonly (readonly [number, number])[]) {
  const named: Partial<Record<Name, number>> = {};
  for (const [place, value] of pairs) {
    const name = names[place];
    if (name !== undefined) named[name] = value;
  }
  return named;
}
