import type { JsonRecord } from "../json";
import { isSupported } from "../parameters";
import {
  canSwitchOff,
  hidesReasoning,
  levelsOf,
  nearestLevel,
  type ReasoningDemand,
  reasoningBudgetOf,
  reasoningWishOf,
} from "../reasoning";
import type { AdapterInput, AdapterTarget } from "../types";

// Source: types of npm @anthropic-ai/sdk 1.11.0, ThinkingConfigEnabled, read 2026-11-20; the upper bound is
// OpenRouter's, API reference, reasoning tokens, read 2026-11-20.
const MIN_BUDGET_TOKENS = 1_024;
const MAX_BUDGET_TOKENS = 128_000;

export type Thinking = {
  /** The `thinking` field, absent when nothing is to be said of it. */
  thinking: JsonRecord | undefined;
  /** `output_config.effort`. */
  effort: string | undefined;
  /** The model will think, so that temperature, prefill and forced tools are out. */
  isOn: boolean;
  /** Output limit, raised where the budget asks for it. */
  maxTokens: number;
  /** The caller asked for reasoning and cannot have it. */
  isDropped: boolean;
};

/** What keeps the API from thinking in this request, although the caller wants it to. */
type ThinkingObstacle = { forcedTool: boolean; continuesWithoutThinking: boolean; prefill: boolean };

/** Says the caller's wish about reasoning, by a budget where the model takes one and by a level where it does not. */
export function buildThinking(input: AdapterInput, maxTokens: number, obstacle: ThinkingObstacle): Thinking {
  const { request, target } = input;
  const none: Thinking = { thinking: undefined, effort: undefined, isOn: false, maxTokens, isDropped: false };
  const wish = reasoningWishOf(request);
  const reasons = target.reasoning !== undefined || isSupported(target, "reasoning");

  if (wish.kind === "unset") return { ...none, effort: verbosityOf(input) };
  if (wish.kind === "off") {
    if (takesBudget(target)) return { ...none, effort: verbosityOf(input) };
    // Models that think of their own accord: those with a switch are switched off, the others think as little as they can.
    if (canSwitchOff(target)) return { ...none, thinking: { type: "disabled" }, effort: verbosityOf(input) };
    return { ...none, effort: levelsOf(target)[0] ?? verbosityOf(input) };
  }
  // A forced call or a prefilled answer leaves no room to think first; asking for both is answered with 400.
  if (!reasons || obstacle.forcedTool || obstacle.prefill) return { ...none, isDropped: true };
  if (!takesBudget(target)) return adaptive(input, wish, maxTokens);
  // With a budget, a turn that goes on after tool results must have begun with thinking.
  // Source: platform.claude.com/docs/en/build-with-claude/extended-thinking, as known in 2026-11.
  if (obstacle.continuesWithoutThinking) return { ...none, isDropped: true };
  return withBudget(input, wish, maxTokens, none);
}

/** Whether thinking is on for a model that was not asked, so that it must not be forced to call a tool. */
export function mayThinkUnasked(target: AdapterTarget): boolean {
  return !takesBudget(target);
}

function takesBudget(target: AdapterTarget): boolean {
  // Models of which the catalog knows neither budget nor levels are older ones or another maker's, and those know
  // budgets only.
  return (target.reasoning?.budget ?? true) || levelsOf(target).length === 0;
}

/**
 * Since Opus 4.7 a budget is refused: the model decides for itself how long it thinks, guided by a level.
 * Source: vercel.com/docs/ai-gateway/models-and-providers/reasoning/anthropic, read 2026-11-20.
 */
function adaptive(input: AdapterInput, wish: ReasoningDemand, maxTokens: number): Thinking {
  const named = wish.level !== undefined || wish.budgetTokens !== undefined;
  return {
    // Newer models show their thoughts only on request. Source: types of npm @anthropic-ai/sdk 1.11.0, read 2026-11-20.
    thinking: { type: "adaptive", display: hidesReasoning(input.request) ? "omitted" : "summarized" },
    effort: named ? nearestLevel(wish, maxTokens, levelsOf(input.target)) : verbosityOf(input),
    isOn: true,
    maxTokens,
    isDropped: false,
  };
}

function withBudget(input: AdapterInput, wish: ReasoningDemand, maxTokens: number, none: Thinking): Thinking {
  const wanted = reasoningBudgetOf(wish, maxTokens);
  let budget = Math.max(Math.min(wanted, MAX_BUDGET_TOKENS), MIN_BUDGET_TOKENS);
  let limit = maxTokens;
  if (budget >= limit) {
    // The budget is part of the output limit. What the caller allowed for the answer itself is added to it.
    const ceiling = input.target.maxOutputTokens ?? Number.POSITIVE_INFINITY;
    limit = Math.min(budget + maxTokens, ceiling);
    budget = Math.min(budget, limit - 1);
  }
  if (budget < MIN_BUDGET_TOKENS) return { ...none, isDropped: true };
  return {
    thinking: { type: "enabled", budget_tokens: budget },
    effort: verbosityOf(input),
    isOn: true,
    maxTokens: limit,
    isDropped: false,
  };
}

/** Verbosity and effort are one dial here. Source: OpenRouter parameters reference, as known in 2026-11. */
function verbosityOf({ request, target }: AdapterInput): string | undefined {
  if (request.verbosity == null || !isSupported(target, "verbosity")) return undefined;
  const levels = levelsOf(target);
  if (levels.length === 0) return undefined;
  return nearestLevel({ kind: "on", level: request.verbosity, budgetTokens: undefined }, 1, levels);
}
