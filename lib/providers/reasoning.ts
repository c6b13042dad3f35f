import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { AdapterInput, AdapterTarget } from "./types";

/** From least to most. */
const LEVELS = ["minimal", "low", "medium", "high", "xhigh", "max"] as const;
type ReasoningLevel = (typeof LEVELS)[number];

/**
 * Share of the output tokens that each level may spend on reasoning.
 * Source: OpenRouter API reference, reasoning tokens, read 2026-11-20.
 */
const SHARE_OF_OUTPUT = {
  minimal: 0.1,
  low: 0.2,
  medium: 0.5,
  high: 0.8,
  xhigh: 0.95,
  max: 0.95,
} as const satisfies Record<ReasoningLevel, number>;

/** What the caller asked of the model's reasoning. */
export type ReasoningWish = { kind: "unset" } | { kind: "off" } | ReasoningDemand;

/** Reason, to this level or with this many tokens; with neither, as the model's middle. */
export type ReasoningDemand = { kind: "on"; level: ReasoningLevel | undefined; budgetTokens: number | undefined };

/** Reads `reasoning`, its shorthand `reasoning_effort` and nothing else; the object wins over the shorthand. */
export function reasoningWishOf(request: ChatRequest): ReasoningWish {
  const { effort, max_tokens: budgetTokens, enabled } = request.reasoning ?? {};
  const level = effort ?? request.reasoning_effort ?? undefined;
  if (level === "none" || enabled === false) return { kind: "off" };
  if (level === undefined && budgetTokens == null && enabled !== true) return { kind: "unset" };
  return { kind: "on", level, budgetTokens: budgetTokens ?? undefined };
}

/** Whether the caller wants no reasoning shown. The model may reason all the same. */
export function hidesReasoning(request: ChatRequest): boolean {
  return request.reasoning?.exclude ?? request.include_reasoning === false;
}

/** Tokens to reason with: the caller's own number, else the level's share of the output. Not clamped. */
export function reasoningBudgetOf(wish: ReasoningDemand, maxOutputTokens: number): number {
  return wish.budgetTokens ?? Math.floor(maxOutputTokens * SHARE_OF_OUTPUT[wish.level ?? "medium"]);
}

/** The levels that a model knows; `none` among its efforts says only that reasoning can be switched off. */
export function levelsOf(target: AdapterTarget): readonly ReasoningLevel[] {
  const efforts = target.reasoning?.efforts ?? [];
  return LEVELS.filter((level) => efforts.includes(level));
}

/** Whether the model can be told not to reason at all. */
export function canSwitchOff(target: AdapterTarget): boolean {
  return target.reasoning?.efforts.includes("none") ?? false;
}

/**
 * The level to ask for: the wanted one, or the one whose share is nearest to the wanted budget, moved to the nearest
 * level the model knows. Of two equally near the stronger wins, because too little thought spoils an answer while too
 * much only delays it.
 */
export function nearestLevel(
  wish: ReasoningDemand,
  maxOutputTokens: number,
  known: readonly ReasoningLevel[],
): ReasoningLevel {
  const wanted = wish.level ?? levelOfBudget(wish.budgetTokens, maxOutputTokens);
  const distance = (level: ReasoningLevel) => Math.abs(LEVELS.indexOf(level) - LEVELS.indexOf(wanted));
  return (
    known.reduce<ReasoningLevel | undefined>(
      (best, level) => (best === undefined || distance(level) <= distance(best) ? level : best),
      undefined,
    ) ?? wanted
  );
}

function levelOfBudget(budgetTokens: number | undefined, maxOutputTokens: number): ReasoningLevel {
  if (budgetTokens === undefined) return "medium";
  const share = budgetTokens / Math.max(1, maxOutputTokens);
  const distance = (level: ReasoningLevel) => Math.abs(SHARE_OF_OUTPUT[level] - share);
  // `max` has the share of `xhigh`, and fewer models know it.
  return LEVELS.reduce((best, level) => (distance(level) < distance(best) ? level : best));
}

/** Output tokens assumed where neither the caller nor the catalog names a limit. */
const DEFAULT_MAX_OUTPUT_TOKENS = 8_192;

/** The output limit that shares of it are taken of. */
export function outputLimitOf(input: AdapterInput): number {
  return input.maxTokens ?? input.target.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS;
}

/** The field by which the caller asked, to name it when it cannot be honoured. */
export function reasoningFieldOf(request: ChatRequest): "reasoning" | "reasoning_effort" {
  return request.reasoning == null ? "reasoning_effort" : "reasoning";
}
