import fc from "fast-check";
import { expect, test } from "vitest";
import { needsOf } from "@/lib/gateway/needs-of";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";
import { applyFix, type Situation } from "@/lib/testing/apply-fix";
import { makeModel } from "@/lib/testing/make-model";
import { normalizePreferences } from "./normalize-preferences";
import { planRoute } from "./plan-route";

const CLEAN = { trains: false, retainsPrompts: false, zeroDataRetention: true };
const TRAINS = { trains: true, retainsPrompts: true, zeroDataRetention: false };
const PARAMETERS = ["max_tokens", "temperature", "seed", "tools", "tool_choice", "response_format"];

const endpoint = fc.record({
  price: fc.constantFrom(0, 0.1234567, 1, 3.5, 20),
  completionPrice: fc.constantFrom(0, 1, 7),
  quantization: fc.constantFrom("int4" as const, "mxfp4" as const, "bf16" as const, "unknown" as const),
  policy: fc.constantFrom(null, CLEAN, TRAINS),
  contextTokens: fc.constantFrom(0, 400, 4_000, 100_000),
  maxOutputTokens: fc.constantFrom(200, 2_000, 50_000),
  supportedParameters: fc.subarray([...PARAMETERS, "structured_outputs"]),
  inputModalities: fc.subarray(["text" as const, "image" as const, "audio" as const, "video" as const], {
    minLength: 1,
  }),
  outputModalities: fc.subarray(["text" as const, "image" as const], { minLength: 1 }),
  videoUrls: fc.constantFrom("any" as const, "youtube" as const, "none" as const),
});

const model = fc
  .record({ endpoints: fc.array(endpoint, { maxLength: 5 }), distillable: fc.boolean() })
  .map(({ endpoints, distillable }) =>
    makeModel({
      fact: distillable ? { distillation: { allowed: true, source: "licence" } } : {},
      endpoints: endpoints.map((choice, index) => ({ ...choice, provider: `p${index}` })),
    }),
  );

const names = fc.subarray(["p0", "p1", "p2", "p3", "p4"]);
const provider = fc.record(
  {
    only: names,
    ignore: names,
    order: names,
    allow_fallbacks: fc.boolean(),
    data_collection: fc.constantFrom("allow", "deny"),
    zdr: fc.boolean(),
    enforce_distillable_text: fc.boolean(),
    quantizations: fc.subarray(["int4", "mxfp4", "bf16"]),
    require_parameters: fc.boolean(),
    max_price: fc.record(
      { prompt: fc.constantFrom(0, 0.1, "1", 30), completion: fc.constantFrom("0.5", 7) },
      { requiredKeys: [] },
    ),
    sort: fc.constantFrom("price", "latency", { by: "throughput", partition: "none" }),
  },
  { requiredKeys: [] },
);

const part = fc.constantFrom(
  { type: "image_url", image_url: { url: "https://a.example/b.png" } },
  { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
  { type: "video_url", video_url: { url: "https://www.youtube.com/watch?v=x" } },
  { type: "video_url", video_url: { url: "https://a.example/b.mp4" } },
);
const request: fc.Arbitrary<ChatRequest> = fc
  .record(
    {
      messages: fc
        .record({ text: fc.constantFrom("Hi", "word ".repeat(600)), parts: fc.array(part, { maxLength: 2 }) })
        .map(({ text, parts }) => [{ role: "user", content: [{ type: "text", text }, ...parts] }]),
      provider,
      temperature: fc.constant(1),
      seed: fc.constant(1),
      max_tokens: fc.constantFrom(100, 1_000, 10_000),
      max_completion_tokens: fc.constantFrom(100, 10_000),
      tools: fc.constant([{ type: "function", function: { name: "f" } }]),
      tool_choice: fc.constantFrom("auto", "none"),
      response_format: fc.constantFrom({ type: "json_object" }, { type: "json_schema", json_schema: { name: "x" } }),
      modalities: fc.subarray(["text", "image"]),
    },
    { requiredKeys: ["messages"] },
  )
  .map((body) => chatRequestSchema.parse(body));

function planOf(models: readonly Model[], { request, configured, promptTokens }: Situation, seed: number) {
  return planRoute({
    models,
    needs: { ...needsOf(request), promptTokens },
    preferences: normalizePreferences(request.provider, request.route, DEFAULT_ACCOUNT_SETTINGS),
    isConfigured: (endpoint) => configured.has(endpoint.provider.slug),
    health: new Map(),
    random: () => seed,
  });
}

const candidatesOf = (plan: ReturnType<typeof planOf>) => (plan.kind === "route" ? plan.candidates : []);

const situation = fc.record({
  model,
  request,
  configured: names,
  seed: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

test("every endpoint is a candidate or excluded once with a reason and a fix, and never both", () => {
  fc.assert(
    fc.property(situation, ({ model, request, configured, seed }) => {
      const { promptTokens } = needsOf(request);
      const plan = planOf([model], { request, configured: new Set(configured), promptTokens }, seed);
      const all = [...candidatesOf(plan).map(({ endpoint }) => endpoint.tag), ...plan.excluded.map((e) => e.endpoint)];
      expect(all.sort()).toEqual(model.endpoints.map(({ tag }) => tag).sort());
      for (const { reason, fix } of plan.excluded) expect([reason, fix]).not.toContain("");
      expect(plan.kind).toBe(candidatesOf(plan).length > 0 ? "route" : "unroutable");
      const sum = candidatesOf(plan).reduce((total, { probability }) => total + probability, 0);
      if (plan.kind === "route" && request.provider?.allow_fallbacks !== false) expect(sum).toBeCloseTo(1, 9);
    }),
    { numRuns: 400 },
  );
});

test("doing what an exclusion's fix says lets the endpoint in", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(situation, ({ model, request, configured, seed }) => {
      const start: Situation = {
        request,
        configured: new Set(configured),
        promptTokens: needsOf(request).promptTokens,
      };
      for (const exclusion of planOf([model], start, seed).excluded) {
        for (const rule of exclusion.rules ?? [exclusion.rule]) seen.add(rule);
        const plan = planOf([model], applyFix(start, exclusion.fix), seed);
        const again = plan.excluded.find(({ endpoint }) => endpoint === exclusion.endpoint);
        // With fallbacks off one endpoint alone is tried: that another comes first shows only when nothing else is wrong.
        if (again?.rule === "order" && exclusion.rule !== "order") continue;
        expect(again, exclusion.fix).toBeUndefined();
        expect(candidatesOf(plan).map(({ endpoint }) => endpoint.tag)).toContain(exclusion.endpoint);
      }
    }),
    { numRuns: 600 },
  );
  expect([...seen].sort()).toEqual([
    "configured",
    "context_length",
    "data_collection",
    "enforce_distillable_text",
    "ignore",
    "input_modalities",
    "max_price",
    "max_tokens",
    "only",
    "order",
    "output_modalities",
    "quantizations",
    "require_parameters",
    "structured_outputs",
    "tools",
    "video_url",
    "zdr",
  ]);
});
