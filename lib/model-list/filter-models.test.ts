import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { arbitraryModelFilter } from "@/lib/testing/arbitrary-model-filter";
import { makeListedModel } from "@/lib/testing/make-listed-model";
import { shippedModels } from "@/lib/testing/shipped-models";
import { filterModels } from "./filter-models";
import { type ModelFilter, NO_FILTER } from "./model-filter";
import { packModels, unpackModels } from "./pack-models";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const SHIPPED = shippedModels();

const idsOf = (changes: Partial<ModelFilter>, models = SHIPPED) =>
  filterModels(models, { ...NO_FILTER, ...changes }, NOW_MS).map(({ id }) => id);

test("without a filter all of general use stays, in its order, and embeddings and rankings when they are asked for", () => {
  const isTask = ({ outputModalities }: ListedModel) =>
    ["embeddings", "rerank"].some((one) => outputModalities.includes(one));
  expect(SHIPPED.filter(isTask).length).toBeGreaterThan(5);
  expect(idsOf({})).toEqual(SHIPPED.filter((model) => !isTask(model)).map(({ id }) => id));
  expect(idsOf({ outputModalities: ["all"] })).toEqual(SHIPPED.map(({ id }) => id));
  expect(idsOf({ outputModalities: ["rerank"] })).toEqual(
    SHIPPED.filter(({ outputModalities }) => outputModalities.includes("rerank")).map(({ id }) => id),
  );
});

test("every part of a filter narrows the list by itself: in any order, one after the other or at once", () => {
  fc.assert(
    fc.property(arbitraryModelFilter, fc.infiniteStream(fc.nat()), (filter, numbers) => {
      const parts: Partial<ModelFilter>[] = [
        { q: filter.q },
        { inputModalities: filter.inputModalities },
        { outputModalities: filter.outputModalities },
        { supportedParameters: filter.supportedParameters },
        { series: filter.series },
        { providers: filter.providers },
        { authors: filter.authors },
        { category: filter.category, region: filter.region, distillable: filter.distillable },
        { zdr: filter.zdr, available: filter.available, contextTokens: filter.contextTokens },
        { promptPrice: filter.promptPrice },
        { completionPrice: filter.completionPrice },
        { ageDays: filter.ageDays },
        { benchmarks: filter.benchmarks },
      ];
      const shuffled = parts
        .map((part) => ({ part, place: numbers.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ part }) => part);
      const oneByOne = shuffled.reduce(
        (left, part) => {
          const kept = new Set(idsOf({ outputModalities: ["all"], ...part }));
          return left.filter((id) => kept.has(id));
        },
        idsOf({ outputModalities: ["all"] }),
      );

      expect(new Set(idsOf(filter))).toEqual(new Set(oneByOne));
    }),
    { numRuns: 40 },
  );
});

test("an order changes the order alone", () => {
  fc.assert(
    fc.property(arbitraryModelFilter, (filter) => {
      expect(idsOf(filter).sort()).toEqual(idsOf({ ...filter, order: undefined }).sort());
    }),
    { numRuns: 40 },
  );
});

describe("orders", () => {
  const models = [
    makeListedModel({ id: "a/new", createdSeconds: 3, promptPrice: undefined, completionPrice: undefined }),
    makeListedModel({
      id: "a/cheap",
      createdSeconds: 2,
      promptPrice: 0.1,
      completionPrice: 3,
      throughput: 50,
      latencyMs: 900,
    }),
    makeListedModel({
      id: "a/cheaper",
      createdSeconds: 1,
      promptPrice: 0.1,
      completionPrice: 2,
      throughput: 80,
      contextTokens: 9,
    }),
    makeListedModel({
      id: "a/dear",
      createdSeconds: 0,
      promptPrice: 5,
      latencyMs: 200,
      weeklyTokens: 7,
      benchmarks: { coding: 1 },
    }),
  ];

  test.each([
    ["newest", ["a/new", "a/cheap", "a/cheaper", "a/dear"]],
    ["top-weekly", ["a/dear", "a/new", "a/cheap", "a/cheaper"]],
    ["pricing-low-to-high", ["a/cheaper", "a/cheap", "a/dear", "a/new"]],
    ["pricing-high-to-low", ["a/dear", "a/cheap", "a/cheaper", "a/new"]],
    ["context-high-to-low", ["a/new", "a/cheap", "a/dear", "a/cheaper"]],
    ["throughput-high-to-low", ["a/cheaper", "a/cheap", "a/new", "a/dear"]],
    ["latency-low-to-high", ["a/dear", "a/cheap", "a/new", "a/cheaper"]],
    ["coding-high-to-low", ["a/dear", "a/new", "a/cheap", "a/cheaper"]],
  ] as const)("%s, and what is not known comes last", (order, expected) => {
    expect(idsOf({ order }, models)).toEqual(expected);
  });
});

describe("parts of a filter", () => {
  const models = [
    makeListedModel({ id: "a/free", promptPrice: 0, completionPrice: 0 }),
    makeListedModel({ id: "a/varies", promptPrice: undefined, completionPrice: undefined }),
    makeListedModel({
      id: "b/tools",
      supportedParameters: ["tools", "seed"],
      providers: ["x", "y"],
      ranks: { legal: 2 },
    }),
    makeListedModel({
      id: "b/eyes",
      inputModalities: ["text", "image"],
      zdr: true,
      regions: ["eu"],
      ranks: { legal: 1 },
    }),
    makeListedModel({ id: "c/long", contextTokens: 1_000_000, series: "GPT", distillable: true, isReachable: false }),
  ];

  test.each<[Partial<ModelFilter>, string[]]>([
    [{ promptPrice: { min: undefined, max: 0 } }, ["a/free"]],
    [{ promptPrice: { min: 0.5, max: 1 } }, ["b/tools", "b/eyes", "c/long"]],
    [{ supportedParameters: ["seed", "tools"] }, ["b/tools"]],
    [{ inputModalities: ["image", "text"] }, ["b/eyes"]],
    [{ contextTokens: 128_001 }, ["c/long"]],
    [{ contextTokens: 1_000_000 }, ["c/long"]],
    [{ providers: ["y", "z"] }, ["b/tools"]],
    [{ authors: ["a", "c"] }, ["a/free", "a/varies", "c/long"]],
    [{ series: ["gpt"] }, ["c/long"]],
    [{ category: "legal" }, ["b/eyes", "b/tools"]],
    [{ zdr: true }, ["b/eyes"]],
    [{ region: "eu" }, ["b/eyes"]],
    [{ distillable: true }, ["c/long"]],
    [{ available: true }, ["a/free", "a/varies", "b/tools", "b/eyes"]],
    [{ benchmarks: { ...NO_FILTER.benchmarks, coding: { min: 0, max: undefined } } }, []],
  ])("%j", (changes, expected) => expect(idsOf(changes, models)).toEqual(expected));
});

test("models are unpacked as they were packed", () => {
  const measured = SHIPPED.map((model, index) => ({
    ...model,
    zdr: index % 2 === 0,
    isReachable: index % 3 === 0,
    throughput: index % 5 === 0 ? undefined : index,
    latencyMs: index % 7 === 0 ? undefined : index,
    benchmarks: index % 11 === 0 ? { coding: index, designArena: 1_000 } : {},
    weeklyTokens: index,
  }));
  expect(unpackModels(packModels(measured))).toEqual(measured);
});

test("a list of five hundred is filtered, searched and put into order in a few milliseconds", () => {
  const many = [...SHIPPED, ...SHIPPED.slice(0, 500 - SHIPPED.length)];
  const filter = { ...NO_FILTER, q: "antropic sonet", order: "pricing-low-to-high" } as const;
  filterModels(many, filter, NOW_MS);
  const startedMs = performance.now();
  for (let run = 0; run < 10; run += 1) filterModels(many, filter, NOW_MS);
  expect((performance.now() - startedMs) / 10).toBeLessThan(50);
});
