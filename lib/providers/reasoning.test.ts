import { describe, expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { hidesReasoning, nearestLevel, reasoningBudgetOf, reasoningWishOf } from "./reasoning";

const requestOf = (fields: Record<string, unknown>) =>
  chatRequestSchema.parse({ messages: [{ role: "user", content: "hi" }], ...fields });

describe("reasoningWishOf", () => {
  test.each([
    { fields: {}, kind: "unset" },
    { fields: { reasoning: {} }, kind: "unset" },
    { fields: { include_reasoning: true }, kind: "unset" },
    { fields: { reasoning: { effort: "none" } }, kind: "off" },
    { fields: { reasoning_effort: "none" }, kind: "off" },
    { fields: { reasoning: { enabled: false, effort: "high" } }, kind: "off" },
    { fields: { reasoning: { enabled: true } }, kind: "on" },
    { fields: { reasoning: { max_tokens: 500 } }, kind: "on" },
    { fields: { reasoning_effort: "low" }, kind: "on" },
  ])("$fields is $kind", ({ fields, kind }) => {
    expect(reasoningWishOf(requestOf(fields)).kind).toBe(kind);
  });

  test("the object wins over the shorthand", () => {
    const wish = reasoningWishOf(requestOf({ reasoning: { effort: "high" }, reasoning_effort: "low" }));
    expect(wish).toMatchObject({ level: "high" });
  });
});

test.each([
  { fields: {}, hidden: false },
  { fields: { include_reasoning: false }, hidden: true },
  { fields: { reasoning: { exclude: true } }, hidden: true },
  { fields: { reasoning: { exclude: false }, include_reasoning: false }, hidden: false },
])("reasoning of $fields is hidden: $hidden", ({ fields, hidden }) => {
  expect(hidesReasoning(requestOf(fields))).toBe(hidden);
});

test.each([
  { level: "minimal", tokens: 1_000 },
  { level: "low", tokens: 2_000 },
  { level: "medium", tokens: 5_000 },
  { level: undefined, tokens: 5_000 },
  { level: "high", tokens: 8_000 },
  { level: "xhigh", tokens: 9_500 },
  { level: "max", tokens: 9_500 },
] as const)("$level may spend $tokens of 10,000 tokens", ({ level, tokens }) => {
  expect(reasoningBudgetOf({ kind: "on", level, budgetTokens: undefined }, 10_000)).toBe(tokens);
});

test("a number of the caller's own is the budget", () => {
  expect(reasoningBudgetOf({ kind: "on", level: "low", budgetTokens: 77 }, 10_000)).toBe(77);
});

test.each([
  { wanted: "low", known: ["low", "medium", "high"], level: "low" },
  { wanted: "medium", known: ["low", "high"], level: "high" },
  { wanted: "minimal", known: ["low", "high"], level: "low" },
  { wanted: "max", known: ["low", "medium", "high"], level: "high" },
  { wanted: "low", known: ["high"], level: "high" },
  { wanted: "xhigh", known: [], level: "xhigh" },
] as const)("$wanted becomes $level where $known are known", ({ wanted, known, level }) => {
  expect(nearestLevel({ kind: "on", level: wanted, budgetTokens: undefined }, 10_000, known)).toBe(level);
});

test.each([
  { budgetTokens: 900, level: "minimal" },
  { budgetTokens: 2_200, level: "low" },
  { budgetTokens: 7_900, level: "high" },
  { budgetTokens: 90_000, level: "xhigh" },
])("a budget of $budgetTokens of 10,000 tokens is nearest to $level", ({ budgetTokens, level }) => {
  expect(nearestLevel({ kind: "on", level: undefined, budgetTokens }, 10_000, [])).toBe(level);
});
