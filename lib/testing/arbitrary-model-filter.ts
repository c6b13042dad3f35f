import fc from "fast-check";
import { type ModelFilter, ORDERS } from "@/lib/model-list/model-filter";
import { CATEGORIES, REGIONS } from "@/lib/schemas/listed-model";

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const some = (...words: readonly string[]) => fc.subarray([...words].sort());
const span = (max: number) =>
  fc.record({
    min: maybe(fc.double({ min: 0, max, noNaN: true })),
    max: maybe(fc.double({ min: 0, max, noNaN: true })),
  });
const wholeSpan = (max: number) => fc.record({ min: maybe(fc.nat(max)), max: maybe(fc.nat(max)) });

/** Filters of every kind, as a reader or an address may make them. */
export const arbitraryModelFilter: fc.Arbitrary<ModelFilter> = fc.record({
  q: fc.constantFrom("", "gpt", "claude sonnet", "antropic", "llama-3.3 70b", "4.5", "no such model", "a+b & c=d %"),
  inputModalities: some("text", "image", "audio"),
  outputModalities: some("text", "image", "embeddings"),
  supportedParameters: some("tools", "reasoning", "structured_outputs"),
  series: some("gpt", "claude", "other"),
  providers: some("openai", "deepinfra", "together"),
  authors: some("openai", "anthropic", "qwen"),
  category: maybe(fc.constantFrom(...CATEGORIES)),
  region: maybe(fc.constantFrom(...REGIONS)),
  distillable: maybe(fc.boolean()),
  zdr: fc.boolean(),
  available: fc.boolean(),
  contextTokens: maybe(fc.integer({ min: 1, max: 2_000_000 })),
  promptPrice: span(20),
  completionPrice: span(80),
  ageDays: wholeSpan(1_000),
  benchmarks: fc.record({ intelligence: span(100), coding: span(100), agentic: span(100), toolSuccess: span(1) }),
  order: maybe(fc.constantFrom(...ORDERS)),
});
