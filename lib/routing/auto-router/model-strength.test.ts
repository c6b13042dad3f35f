import { expect, test } from "vitest";
import type { ModelFact } from "@/lib/schemas/catalog";
import { makeModel } from "@/lib/testing/make-model";
import { blendedPriceOf, knownStrengths, strengthOf } from "./model-strength";

const NOW = 1_780_000_000;
const YEAR = 31_557_600;

function model(id: string, price: number, fact: Partial<ModelFact> = {}) {
  const perToken = (price / 1_000_000).toFixed(12);
  return makeModel({
    id,
    endpoints: [],
    fact: { createdSeconds: NOW, prices: { prompt: perToken, completion: perToken }, ...fact },
  });
}

const POOLED = model("acme/swift-3.5-mini", 1);
const POOL = knownStrengths(
  {
    models: [
      { model: "acme/swift-3.5-mini", quality: 0.8, strengths: { code: 0.85 } },
      { model: "gone/model", quality: 0.9 },
    ],
  },
  (id) => (id === POOLED.id ? POOLED : undefined),
);
const qualityOf = (other: ReturnType<typeof model>) => strengthOf(other, POOL).quality;

test("what the pool says of a model holds; entries without a model are left out", () => {
  expect(POOL).toHaveLength(1);
  expect(strengthOf(POOLED, POOL)).toEqual({ quality: 0.8, strengths: { code: 0.85 } });
});

test.each(["acme/swift-2-mini", "acme/swift-2.5-mini", "acme/swift-3.0-mini-0925", "acme/swift-mini-latest"])(
  "%s is of the pooled model's family: it stands by it, less a little for each year",
  (id) => {
    const older = strengthOf(model(id, 99, { createdSeconds: NOW - YEAR }), POOL);
    expect(older.quality).toBeCloseTo(0.72, 5);
    expect(older.strengths.code).toBeCloseTo(0.77, 5);
  },
);

test("without a relative a dearer, newer, larger, reasoning model with a long context is thought better", () => {
  const plain = qualityOf(model("other/plain", 1));
  expect(qualityOf(model("other/dear", 10))).toBeGreaterThan(plain);
  expect(qualityOf(model("other/old", 1, { createdSeconds: NOW - 2 * YEAR }))).toBeLessThan(plain);
  expect(qualityOf(model("other/thinker", 1, { reasoning: {} }))).toBeGreaterThan(plain);
  expect(qualityOf(model("other/8x22b", 1))).toBeGreaterThan(qualityOf(model("other/7b-chat", 1)));
  expect(qualityOf(model("other/long", 1, { contextTokens: 1_000_000 }))).toBeGreaterThan(plain);
});

test("quality stays within bounds for the dearest and for free and ancient models", () => {
  expect(qualityOf(model("other/gold", 10_000))).toBeLessThan(1);
  expect(qualityOf(model("other/free", 0, { createdSeconds: 0 }))).toBeGreaterThan(0);
});

test("the price counts three tokens of the prompt to one of the answer", () => {
  const prices = { prompt: "0.000001", completion: "0.000005" };
  expect(blendedPriceOf(model("other/one", 1, { prices }))).toBeCloseTo(2, 9);
});
