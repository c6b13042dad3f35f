import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RankCandidate, rankModels } from "./rank-models";
import { TASK_TYPES } from "./task-types";

const STRONG: RankCandidate = { id: "acme/strong", quality: 0.9, strengths: { code: 0.2 }, price: 10 };
const WEAK: RankCandidate = { id: "acme/weak", quality: 0.5, strengths: { code: 0.99 }, price: 0.2 };
const MIDDLE: RankCandidate = { id: "acme/middle", quality: 0.8, strengths: {}, price: 1 };

const difficulty = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const taskType = fc.constantFrom(...TASK_TYPES);
const prompts = fc.array(fc.record({ difficulty, taskType }), { minLength: 2, maxLength: 60 });
const candidate = fc.record({
  quality: fc.double({ min: 0, max: 1, noNaN: true }),
  price: fc.double({ min: 0.01, max: 200, noNaN: true }),
});
/** A stronger and dearer model, and one that is neither. */
const pair = fc
  .tuple(candidate, candidate)
  .filter(([a, b]) => Math.abs(a.quality - b.quality) > 1e-6 && Math.abs(a.price - b.price) > 0.05)
  .map(([a, b]) => ({
    strong: { id: "s", strengths: {}, quality: Math.max(a.quality, b.quality), price: Math.max(a.price, b.price) },
    weak: { id: "w", strengths: {}, quality: Math.min(a.quality, b.quality), price: Math.min(a.price, b.price) },
  }));

describe("two models", () => {
  test("the stronger one is chosen exactly for what is harder than a tenth of the trade-off", () => {
    fc.assert(
      fc.property(
        pair,
        difficulty,
        taskType,
        fc.integer({ min: 0, max: 10 }),
        ({ strong, weak }, hard, type, tradeoff) => {
          const [first] = rankModels([weak, strong], { difficulty: hard, taskType: type }, tradeoff);
          expect(first?.id).toBe(hard > tradeoff / 10 ? "s" : "w");
        },
      ),
    );
  });

  test("from 0 to 10 the share of the stronger falls from all to none, and it keeps the hardest", () => {
    fc.assert(
      fc.property(pair, prompts, ({ strong, weak }, all) => {
        let before = all.length;
        for (let tradeoff = 0; tradeoff <= 10; tradeoff += 1) {
          const isStrong = all.map((prompt) => rankModels([strong, weak], prompt, tradeoff)[0]?.id === "s");
          const kept = all.filter((_, index) => isStrong[index]).map((prompt) => prompt.difficulty);
          const left = all.filter((_, index) => !isStrong[index]).map((prompt) => prompt.difficulty);
          expect(kept.length).toBeLessThanOrEqual(before);
          expect(Math.min(...kept, 1)).toBeGreaterThanOrEqual(Math.max(...left, 0));
          if (tradeoff === 0) expect(left).toEqual([]);
          if (tradeoff === 10) expect(kept).toEqual([]);
          before = kept.length;
        }
      }),
    );
  });

  test("what they are good at does not matter, so that difficulty alone decides", () => {
    const [first] = rankModels([STRONG, WEAK], { difficulty: 0.8, taskType: "code" }, 5);
    expect(first?.id).toBe("acme/strong");
  });

  test("one that is better and cheaper is always chosen", () => {
    const bargain = { ...STRONG, id: "acme/bargain", price: 0.1 };
    for (let tradeoff = 0; tradeoff <= 10; tradeoff += 1) {
      expect(rankModels([WEAK, bargain], { difficulty: 0.01, taskType: "chat" }, tradeoff)[0]?.id).toBe("acme/bargain");
    }
  });
});

describe("more models", () => {
  test.each([
    { name: "easy and cheap", difficulty: 0.05, tradeoff: 7, first: "acme/weak" },
    { name: "of middling difficulty", difficulty: 0.6, tradeoff: 7, first: "acme/middle" },
    { name: "quality alone", difficulty: 0.01, tradeoff: 0, first: "acme/strong" },
    { name: "price alone", difficulty: 0.99, tradeoff: 10, first: "acme/weak" },
  ])("$name: $first", ({ difficulty: hard, tradeoff, first }) => {
    expect(rankModels([STRONG, MIDDLE, WEAK], { difficulty: hard, taskType: "chat" }, tradeoff)[0]?.id).toBe(first);
  });

  test("who is good at the task counts as good", () => {
    expect(rankModels([STRONG, MIDDLE, WEAK], { difficulty: 0.5, taskType: "code" }, 0)[0]?.id).toBe("acme/weak");
  });

  test("each is ranked once, by falling scores from 0 to 1, whatever their order", () => {
    fc.assert(
      fc.property(
        fc.array(candidate, { maxLength: 12 }),
        difficulty,
        taskType,
        fc.integer({ min: 0, max: 10 }),
        (entries, hard, type, tradeoff) => {
          const candidates = entries.map((entry, index) => ({ ...entry, id: `m${index}`, strengths: {} }));
          const ranked = rankModels(candidates, { difficulty: hard, taskType: type }, tradeoff);
          expect(ranked.map(({ id }) => id).sort()).toEqual(candidates.map(({ id }) => id).sort());
          expect([...ranked].sort((a, b) => b.score - a.score)).toEqual(ranked);
          expect(ranked.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
          expect(rankModels([...candidates].reverse(), { difficulty: hard, taskType: type }, tradeoff)).toEqual(ranked);
        },
      ),
    );
  });
});
