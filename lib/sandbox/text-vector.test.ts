import { describe, expect, test } from "vitest";
import { textLikeness, textVector } from "@/lib/sandbox/text-vector";

const TEXTS = ["The signal box controls the points.", "", "   ", "?!…", "a", "信号所", "x".repeat(10_000)];

describe.each([1, 8, 256, 3_072])("vectors of %i numbers", (dimensions) => {
  test.each(TEXTS)("of %j are of length one, and the same each time", (text) => {
    const vector = textVector(text, dimensions);
    expect(vector).toHaveLength(dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(textVector(text, dimensions)).toEqual(vector);
  });
});

test("numbers fit into 32 bits, so that both ways of writing them say the same", () => {
  for (const value of textVector("signal box", 64)) expect(Math.fround(value)).toBe(value);
});

test("texts that share words are alike, others are not", () => {
  const query = "How does a signal box control the points?";
  const near = textLikeness(query, "The signal box controls points by levers.");
  const far = textLikeness(query, "Bananas ripen in warm kitchens.");
  expect(near).toBeGreaterThan(0.4);
  expect(far).toBeLessThan(0.15);
  expect(textLikeness(query, query)).toBeCloseTo(1, 5);
  expect(textLikeness("router", "routing")).toBeGreaterThan(textLikeness("router", "banana"));
});
