import { describe, expect, test } from "vitest";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { makeModel } from "@/lib/testing/make-model";
import { flat, plan, seededRandom, tagsOf } from "@/lib/testing/plan";
import type { RoutePlan } from "./types";

const THREE = makeModel({
  endpoints: [
    { provider: "alpha", price: 1 },
    { provider: "beta", price: 2 },
    { provider: "gamma", price: 3 },
  ],
});
const OTHER = makeModel({ id: "acme/other", endpoints: [{ provider: "delta", price: 0.5 }] });

function probabilitiesOf(result: RoutePlan): Record<string, number> {
  if (result.kind !== "route") return {};
  return Object.fromEntries(
    result.candidates.map(({ endpoint, probability }) => [endpoint.tag, Math.round(probability * 1e6) / 1e6]),
  );
}

describe("who sells on what others serve", () => {
  const model = makeModel({
    endpoints: [
      { provider: "reseller", price: 0.1, kind: "aggregator" },
      { provider: "alpha", price: 1 },
      { provider: "beta", price: 2 },
    ],
  });
  test.each<{ name: string; provider?: ProviderPreferences; expected: string[] }>([
    {
      name: "comes last, though it is the cheapest",
      provider: { sort: "price" },
      expected: ["alpha", "beta", "reseller"],
    },
    {
      name: "comes first where it is named",
      provider: { order: ["reseller"] },
      expected: ["reseller", "alpha", "beta"],
    },
    {
      name: "comes after the rest of an order",
      provider: { order: ["beta"] },
      expected: ["beta", "alpha", "reseller"],
    },
    { name: "is alone where nobody else may", provider: { only: ["reseller"] }, expected: ["reseller"] },
  ])("$name", ({ provider, expected }) => {
    expect(tagsOf(plan({ models: [model], random: () => 0, ...(provider === undefined ? {} : { provider }) }))).toEqual(
      expected,
    );
  });

  test("is no fallback's first in any draw", () => {
    const random = seededRandom(7);
    for (let draw = 0; draw < 50; draw++) {
      expect(tagsOf(plan({ models: [model], random })).at(-1)).toBe("reseller");
    }
    expect(probabilitiesOf(plan({ models: [model], random }))).toMatchObject({ reseller: 0 });
  });
});

describe("partition", () => {
  const health = {
    alpha: { throughput: flat(20) },
    beta: { throughput: flat(200) },
    "acme/other|delta": { throughput: flat(100) },
  };
  const models = [THREE, OTHER];
  test.each<{ name: string; provider?: ProviderPreferences; route?: "fallback" | "sort"; expected: string[] }>([
    {
      name: "by itself each model is sorted on its own",
      provider: { sort: { by: "throughput" } },
      expected: ["beta", "alpha", "gamma", "delta"],
    },
    {
      name: "none: the endpoints of all models are sorted together",
      provider: { sort: { by: "throughput", partition: "none" } },
      expected: ["beta", "delta", "alpha", "gamma"],
    },
    {
      name: "none, by price",
      provider: { sort: { by: "price", partition: "none" } },
      expected: ["delta", "alpha", "beta", "gamma"],
    },
    {
      name: 'route "sort" is the same as none',
      provider: { sort: "price" },
      route: "sort",
      expected: ["delta", "alpha", "beta", "gamma"],
    },
    {
      name: 'route "fallback" is the same as model',
      provider: { sort: "price" },
      route: "fallback",
      expected: ["alpha", "beta", "gamma", "delta"],
    },
    {
      name: "what provider.sort says wins over route",
      provider: { sort: { by: "price", partition: "model" } },
      route: "sort",
      expected: ["alpha", "beta", "gamma", "delta"],
    },
    {
      name: "none, with an order over all models",
      provider: { order: ["delta", "gamma"], sort: { by: "price", partition: "none" } },
      expected: ["delta", "gamma", "alpha", "beta"],
    },
  ])("$name", ({ provider = {}, route, expected }) => {
    const result = plan({ models, provider, health, ...(route === undefined ? {} : { route }) });
    expect(tagsOf(result)).toEqual(expected);
  });

  test("none without a sort draws over all models by price", () => {
    const result = plan({ models, provider: { sort: { partition: "none" } } });
    // 1/0.5², 1/1², 1/2², 1/3²: 144, 36, 9 and 4 parts of 193.
    expect(probabilitiesOf(result)).toEqual({ delta: 0.746114, alpha: 0.186528, beta: 0.046632, gamma: 0.020725 });
  });
});

describe("variants", () => {
  test("sort only the model that carries them, and only when the request does not sort itself", () => {
    const variantSorts = new Map([["acme/model", "price" as const]]);
    const result = plan({ models: [THREE, OTHER], variantSorts });
    expect(result).toMatchObject({ strategy: "price" });
    expect(tagsOf(result)).toEqual(["alpha", "beta", "gamma", "delta"]);
    const health = { gamma: { throughput: flat(90) } };
    const sorted = plan({ models: [THREE], variantSorts, provider: { sort: "throughput" }, health });
    expect(tagsOf(sorted)).toEqual(["gamma", "alpha", "beta"]);
  });

  test("exacto tries the endpoints first that are known for reliable tool calls", () => {
    const model = { ...THREE, fact: { ...THREE.fact, exactoEndpoints: ["gamma", "beta"] } };
    expect(tagsOf(plan({ models: [model], provider: { sort: "exacto" } }))).toEqual(["beta", "gamma", "alpha"]);
  });
});

describe("preferred speeds put the slower ones later and never out", () => {
  const health = {
    alpha: { throughput: { p50: 40, p75: 30, p90: 20, p99: 10 }, latencyMs: flat(3_000) },
    beta: {
      throughput: { p50: 100, p75: 90, p90: 15, p99: 12 },
      latencyMs: { p50: 500, p75: 600, p90: 2_500, p99: 9_000 },
    },
  };
  test.each<{ name: string; provider: ProviderPreferences; expected: string[] }>([
    {
      name: "a number is one for the median",
      provider: { preferred_min_throughput: 50 },
      expected: ["beta", "gamma", "alpha"],
    },
    {
      name: "one percentile",
      provider: { preferred_min_throughput: { p90: 18 } },
      expected: ["alpha", "gamma", "beta"],
    },
    {
      name: "all cutoffs must be met",
      provider: { preferred_min_throughput: { p50: 50, p90: 18 } },
      expected: ["gamma", "alpha", "beta"],
    },
    { name: "seconds of latency", provider: { preferred_max_latency: 1 }, expected: ["beta", "gamma", "alpha"] },
    { name: "latency at p90", provider: { preferred_max_latency: { p90: 2.4 } }, expected: ["gamma", "alpha", "beta"] },
    {
      name: "exactly at the cutoff is good",
      provider: { preferred_max_latency: 3, preferred_min_throughput: 40 },
      expected: ["alpha", "beta", "gamma"],
    },
    {
      name: "with a sort: those that are fast enough, cheapest first",
      provider: { sort: "price", preferred_min_throughput: 50 },
      expected: ["beta", "gamma", "alpha"],
    },
    {
      name: "an order is kept all the same",
      provider: { order: ["alpha"], preferred_min_throughput: 50 },
      expected: ["alpha", "beta", "gamma"],
    },
  ])("$name", ({ provider, expected }) => {
    const result = plan({ models: [THREE], provider, health, random: () => 0 });
    expect(tagsOf(result)).toEqual(expected);
    expect(result.excluded).toEqual([]);
  });

  test("with partition none the first fast one of any model leads", () => {
    const provider: ProviderPreferences = {
      sort: { by: "price", partition: "none" },
      preferred_min_throughput: { p90: 10 },
    };
    const result = plan({
      models: [THREE, OTHER],
      provider,
      health: { ...health, "acme/other|delta": { throughput: flat(5) } },
    });
    expect(tagsOf(result)).toEqual(["alpha", "beta", "gamma", "delta"]);
  });
});

describe("the probability of being first", () => {
  test.each<{ name: string; options: Parameters<typeof plan>[0]; expected: Record<string, number> }>([
    {
      name: "load balancing: by 1/price²",
      options: { models: [THREE] },
      expected: { alpha: 0.734694, beta: 0.183673, gamma: 0.081633 },
    },
    {
      name: "the unstable are never first while others are stable",
      options: { models: [THREE], health: { beta: { stable: false } } },
      expected: { alpha: 0.9, gamma: 0.1, beta: 0 },
    },
    {
      name: "all unstable: the cheapest is first",
      options: {
        models: [THREE],
        health: { alpha: { stable: false }, beta: { stable: false }, gamma: { stable: false } },
      },
      expected: { alpha: 1, beta: 0, gamma: 0 },
    },
    {
      name: "a sort leaves nothing to chance",
      options: { models: [THREE], provider: { sort: "price" } },
      expected: { alpha: 1, beta: 0, gamma: 0 },
    },
    {
      name: "an order leaves nothing to chance",
      options: { models: [THREE], provider: { order: ["gamma"] } },
      expected: { gamma: 1, alpha: 0, beta: 0 },
    },
    {
      name: "an order that names nobody here is none",
      options: { models: [THREE], provider: { order: ["nobody"] } },
      expected: { alpha: 0.734694, beta: 0.183673, gamma: 0.081633 },
    },
    {
      name: "later models are never first",
      options: { models: [THREE, OTHER] },
      expected: { alpha: 0.734694, beta: 0.183673, gamma: 0.081633, delta: 0 },
    },
    {
      name: "a model of which nothing is left gives its place to the next",
      options: { models: [THREE, OTHER], provider: { only: ["delta"] } },
      expected: { delta: 1 },
    },
    {
      name: "without fallbacks the one that is drawn keeps its chance",
      options: { models: [THREE], provider: { allow_fallbacks: false }, random: () => 0 },
      expected: { alpha: 0.734694 },
    },
  ])("$name", ({ options, expected }) => expect(probabilitiesOf(plan(options))).toEqual(expected));

  test("is what comes of many draws", () => {
    const random = seededRandom(7);
    const draws = 30_000;
    const firsts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const [tag = ""] = tagsOf(plan({ models: [THREE], random }));
      firsts.set(tag, (firsts.get(tag) ?? 0) + 1);
    }
    for (const [tag, probability] of Object.entries({ alpha: 36 / 49, beta: 9 / 49, gamma: 4 / 49 })) {
      const standardError = Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs((firsts.get(tag) ?? 0) - draws * probability)).toBeLessThan(3 * standardError);
    }
  });
});

describe("affinity", () => {
  test("leads while it is stable and allowed", () => {
    const result = plan({ models: [THREE], affinity: ["gamma"] });
    expect(result).toMatchObject({ strategy: "affinity" });
    expect(tagsOf(result)[0]).toBe("gamma");
    expect(probabilitiesOf(result).gamma).toBe(1);
  });

  test.each<{ name: string; options: Partial<Parameters<typeof plan>[0]> }>([
    { name: "an outage", options: { health: { gamma: { stable: false } } } },
    { name: "an order", options: { provider: { order: ["alpha"] } } },
    { name: "a sort", options: { provider: { sort: "price" } } },
    { name: "a variant's sort", options: { variantSorts: new Map([["acme/model", "price"]]) } },
    { name: "a rule", options: { provider: { ignore: ["gamma"] } } },
    {
      name: "a speed that the caller does not want",
      options: { provider: { preferred_max_latency: 1 }, health: { gamma: { latencyMs: flat(5_000) } } },
    },
  ])("gives way to $name", ({ options }) => {
    const result = plan({ models: [THREE], affinity: ["gamma"], random: () => 0, ...options });
    expect(tagsOf(result)[0]).toBe("alpha");
    expect(result).not.toMatchObject({ strategy: "affinity" });
  });
});

test("several endpoints of one ordered provider go by price", () => {
  const model = makeModel({
    endpoints: [
      { provider: "deepinfra", tag: "deepinfra/turbo", price: 3 },
      { provider: "deepinfra", tag: "deepinfra/base", price: 1 },
      { provider: "azure", price: 0.1 },
    ],
  });
  const order = (names: string[]) => tagsOf(plan({ models: [model], provider: { order: names } }));
  expect(order(["DeepInfra"])).toEqual(["deepinfra/base", "deepinfra/turbo", "azure"]);
  expect(order(["deepinfra/turbo", "deepinfra"])).toEqual(["deepinfra/turbo", "deepinfra/base", "azure"]);
});

test("long prompts are ordered by what they cost", () => {
  const tiers = [{ minPromptTokens: 32_000, prompt: "0.00001", completion: "0.00001" }];
  const model = makeModel({
    endpoints: [
      { provider: "flat", price: 3 },
      { provider: "tiered", prices: { prompt: "0.000001", completion: "0.000001", tiers } },
    ],
  });
  const first = (promptTokens: number) =>
    tagsOf(plan({ models: [model], provider: { sort: "price" }, needs: { promptTokens } }))[0];
  expect([first(100), first(40_000)]).toEqual(["tiered", "flat"]);
});
