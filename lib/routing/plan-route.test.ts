import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { makeModel } from "@/lib/testing/make-model";
import { flat, plan, seededRandom, tagsOf } from "@/lib/testing/plan";
import type { RouteNeeds } from "./types";

const PRIVATE = { trains: false, retainsPrompts: false, zeroDataRetention: true };
const RETAINS = { trains: false, retainsPrompts: true, zeroDataRetention: false };
const TRAINS = { trains: true, retainsPrompts: true, zeroDataRetention: false };

/** Realistic magnitudes: 1, 2 and 3 USD per million tokens. */
const THREE = makeModel({
  endpoints: [
    { provider: "alpha", price: 1 },
    { provider: "beta", price: 2 },
    { provider: "gamma", price: 3 },
  ],
});

describe("each rule excludes with its reason and a fix", () => {
  const mixed = makeModel({
    fact: { inputModalities: ["text", "image"] },
    endpoints: [
      { provider: "good", policy: PRIVATE, quantization: "bf16", price: 1 },
      {
        provider: "bad",
        policy: TRAINS,
        quantization: "int4",
        price: 9,
        maxOutputTokens: 500,
        contextTokens: 900,
        supportedParameters: ["max_tokens"],
      },
    ],
  });
  test.each<{
    rule: string;
    provider?: ProviderPreferences;
    needs?: Partial<RouteNeeds>;
    configured?: string[];
    reason: RegExp;
  }>([
    { rule: "configured", configured: ["good"], reason: /no key/ },
    { rule: "only", provider: { only: ["Good"] }, reason: /allowed/ },
    { rule: "ignore", provider: { ignore: ["bad"] }, reason: /ignored/ },
    { rule: "order", provider: { order: ["good"], allow_fallbacks: false }, reason: /fallbacks are off/ },
    { rule: "data_collection", provider: { data_collection: "deny" }, reason: /may train/ },
    { rule: "zdr", provider: { zdr: true }, reason: /zero-data-retention/ },
    { rule: "quantizations", provider: { quantizations: ["bf16", "fp8"] }, reason: /int4/ },
    { rule: "max_price", provider: { max_price: { prompt: 2 } }, reason: /prompt price of 9/ },
    { rule: "max_price", provider: { max_price: { output: "2.5" } }, reason: /completion price of 9/ },
    { rule: "tools", needs: { tools: true, maxOutputTokens: 100 }, reason: /tools/ },
    { rule: "structured_outputs", needs: { jsonSchema: true, maxOutputTokens: 100 }, reason: /structured/ },
    { rule: "max_tokens", needs: { maxOutputTokens: 501 }, reason: /at most 500/ },
    { rule: "context_length", needs: { promptTokens: 800, maxOutputTokens: 200 }, reason: /900 tokens/ },
    {
      rule: "require_parameters",
      provider: { require_parameters: true },
      needs: { parameters: ["temperature"], maxOutputTokens: 100 },
      reason: /temperature/,
    },
  ])("$rule", ({ rule, reason, provider = {}, needs = { maxOutputTokens: 100 }, configured = ["good", "bad"] }) => {
    const result = plan({ models: [mixed], provider, needs, configured });
    expect(tagsOf(result)).toEqual(["good"]);
    expect(result.excluded).toMatchObject([{ endpoint: "bad", rule, reason: expect.stringMatching(reason) }]);
    expect(result.excluded[0]?.fix).not.toBe("");
  });

  test("input that the model cannot take leaves nothing, and the message says which", () => {
    const result = plan({ models: [mixed], needs: { inputModalities: ["image", "audio"] } });
    expect(result).toMatchObject({ kind: "unroutable", rule: "input_modalities" });
    expect(result.excluded[0]?.reason).toContain("audio");
  });

  test("files can always be served", () => {
    expect(tagsOf(plan({ models: [THREE], needs: { inputModalities: ["file"] } }))).toHaveLength(3);
    const result = plan({ models: [THREE], needs: { inputModalities: ["file"], nativeFiles: true } });
    expect(result).toMatchObject({ kind: "unroutable", rule: "input_modalities" });
  });

  test("a provider that may store prompts is no place for those who deny data collection", () => {
    const model = makeModel({
      endpoints: [
        { provider: "keeps", policy: RETAINS },
        { provider: "unknown" },
        { provider: "clean", policy: PRIVATE },
      ],
    });
    expect(tagsOf(plan({ models: [model], provider: { data_collection: "deny" } }))).toEqual(["clean"]);
  });

  test("nothing left: the message names the rule that took the last", () => {
    expect(plan({ models: [THREE], provider: { max_price: { prompt: 0.5 } } })).toMatchObject({
      kind: "unroutable",
      rule: "max_price",
      message: "No endpoints found under max_price",
    });
  });
});

describe("names", () => {
  const tagged = makeModel({
    endpoints: [
      { provider: "deepinfra", tag: "deepinfra/turbo" },
      { provider: "deepinfra", tag: "deepinfra/fp8" },
      { provider: "azure" },
    ],
  });
  test.each([
    { only: ["deepinfra"], expected: ["deepinfra/turbo", "deepinfra/fp8"] },
    { only: ["DeepInfra"], expected: ["deepinfra/turbo", "deepinfra/fp8"] },
    { only: ["deepinfra/turbo"], expected: ["deepinfra/turbo"] },
    { only: ["Azure", "deepinfra/FP8"], expected: ["azure", "deepinfra/fp8"] },
  ])("$only", ({ only, expected }) => {
    expect(tagsOf(plan({ models: [tagged], provider: { only } })).sort()).toEqual([...expected].sort());
  });
});

describe("ordering", () => {
  test("order comes first, in its order, then the rest", () => {
    expect(tagsOf(plan({ models: [THREE], provider: { order: ["gamma", "beta"] } }))).toEqual([
      "gamma",
      "beta",
      "alpha",
    ]);
  });

  test("order without fallbacks is all there is", () => {
    const result = plan({ models: [THREE], provider: { order: ["gamma", "nobody"], allow_fallbacks: false } });
    expect(tagsOf(result)).toEqual(["gamma"]);
    expect(result.excluded.map(({ endpoint }) => endpoint)).toEqual(["alpha", "beta"]);
  });

  test("without fallbacks and without order only the first is tried, and the others say why not", () => {
    const result = plan({ models: [THREE], provider: { allow_fallbacks: false, sort: "price" } });
    expect(tagsOf(result)).toEqual(["alpha"]);
    expect(result.excluded.map(({ rule }) => rule)).toEqual(["order", "order"]);
  });

  test.each([
    { sort: "price", expected: ["alpha", "beta", "gamma"] },
    { sort: "throughput", expected: ["beta", "gamma", "alpha"] },
    { sort: "latency", expected: ["gamma", "beta", "alpha"] },
  ] as const)("sort by $sort; what was never measured comes last", ({ sort, expected }) => {
    const health = {
      beta: { throughput: flat(90), latencyMs: flat(400) },
      gamma: { throughput: flat(50), latencyMs: flat(200) },
    };
    expect(tagsOf(plan({ models: [THREE], provider: { sort }, health }))).toEqual(expected);
  });

  test("models are tried one after the other", () => {
    const second = makeModel({ id: "acme/second", endpoints: [{ provider: "delta", price: 0.1 }] });
    expect(tagsOf(plan({ models: [THREE, second], provider: { sort: "price" } }))).toEqual([
      "alpha",
      "beta",
      "gamma",
      "delta",
    ]);
  });
});

describe("load balancing", () => {
  test("draws by 1/price²; the unstable one is always last", () => {
    const draws = 100_000;
    const random = seededRandom(42);
    let alphaFirst = 0;
    let betaLast = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const tags = tagsOf(plan({ models: [THREE], health: { beta: { stable: false } }, random }));
      if (tags[2] === "beta") betaLast += 1;
      if (tags[0] === "alpha") alphaFirst += 1;
    }
    expect(betaLast).toBe(draws);
    // Prices 1 and 3: 9 to 1.
    const expected = draws * 0.9;
    const standardError = Math.sqrt(draws * 0.9 * 0.1);
    expect(Math.abs(alphaFirst - expected)).toBeLessThan(3 * standardError);
  }, 30_000);

  test("tells each endpoint's probability of being first", () => {
    const result = plan({ models: [THREE] });
    const byTag = new Map(
      result.kind === "route" ? result.candidates.map((entry) => [entry.endpoint.tag, entry.probability]) : [],
    );
    expect(byTag.get("alpha")).toBeCloseTo(36 / 49, 6);
    expect(byTag.get("beta")).toBeCloseTo(9 / 49, 6);
    expect(byTag.get("gamma")).toBeCloseTo(4 / 49, 6);
  });

  test("free endpoints share the draw evenly, before any paid one", () => {
    const model = makeModel({
      endpoints: [
        { provider: "paid", price: 0.01 },
        { provider: "free", price: 0 },
        { provider: "gratis", price: 0 },
      ],
    });
    expect(tagsOf(plan({ models: [model], random: () => 0.1 }))).toEqual(["free", "gratis", "paid"]);
    expect(tagsOf(plan({ models: [model], random: () => 0.9 }))).toEqual(["gratis", "free", "paid"]);
  });
});

test("every endpoint is a candidate or excluded, and never both", () => {
  const endpoint = fc.record({
    price: fc.integer({ min: 0, max: 20 }),
    maxOutputTokens: fc.integer({ min: 100, max: 2_000 }),
    quantization: fc.constantFrom("int4" as const, "bf16" as const),
    policy: fc.constantFrom(null, PRIVATE, TRAINS),
  });
  const provider = fc.record(
    {
      only: fc.subarray(["p0", "p1", "p2", "p3"]),
      ignore: fc.subarray(["p0", "p1", "p2", "p3"]),
      order: fc.subarray(["p0", "p1", "p2", "p3"]),
      allow_fallbacks: fc.boolean(),
      data_collection: fc.constantFrom("allow" as const, "deny" as const),
      max_price: fc.record({ prompt: fc.integer({ min: 0, max: 20 }) }),
      sort: fc.constantFrom("price" as const, "latency" as const),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(endpoint, { maxLength: 6 }), provider, (endpoints, preferences) => {
      const model = makeModel({ endpoints: endpoints.map((choice, index) => ({ ...choice, provider: `p${index}` })) });
      const result = plan({ models: [model], provider: preferences });
      const all = [...tagsOf(result), ...result.excluded.map((exclusion) => exclusion.endpoint)];
      expect(all.sort()).toEqual(model.endpoints.map(({ tag }) => tag).sort());
    }),
  );
});
