import type { JsonRecord } from "../json";
import { isSupported } from "../parameters";
import {
  canSwitchOff,
  hidesReasoning,
  levelsOf,
  nearestLevel,
  outputLimitOf,
  reasoningBudgetOf,
  reasoningFieldOf,
  reasoningWishOf,
} from "../reasoning";
import type { AdapterInput, AdapterTarget } from "../types";

// The ranges differ by model (Pro 128 to 32,768, Flash 0 to 24,576, Flash-Lite 512 to 24,576), and a budget out of range
// is refused; where the catalog knows none, these bounds suit them all. Source: ai.google.dev/gemini-api/docs/thinking, as quoted by gemini-rust's
// documentation, read 2026-11-21.
const MIN_BUDGET_TOKENS = 512;
const MAX_BUDGET_TOKENS = 24_576;
/** The least that a model without a switch takes. */
const LEAST_BUDGET_TOKENS = 128;

/** Whether the model is told how hard to think by a level, as all are since Gemini 3; those also sign their calls. */
export function takesLevels(target: AdapterTarget): boolean {
  return target.reasoning !== undefined && !target.reasoning.budget && levelsOf(target).length > 0;
}

/**
 * `thinkingConfig`, or `undefined` when there is nothing to say.
 * @param dropped collects the caller's field when the model cannot reason
 */
export function buildThinking(input: AdapterInput, dropped: Set<string>): JsonRecord | undefined {
  const { request, target } = input;
  const wish = reasoningWishOf(request);
  const reasons =
    target.reasoning !== undefined || (target.supportedParameters.size > 0 && isSupported(target, "reasoning"));
  if (!reasons) {
    if (wish.kind === "on") dropped.add(reasoningFieldOf(request));
    return undefined;
  }

  // Thoughts are shown only on request, and our format shows them unless told not to.
  const config: JsonRecord = { includeThoughts: !hidesReasoning(request) };
  const levels = levelsOf(target);
  switch (wish.kind) {
    case "unset":
      return config;
    case "off":
      if (takesLevels(target)) return { thinkingLevel: levels[0] };
      return { thinkingBudget: canSwitchOff(target) ? 0 : LEAST_BUDGET_TOKENS };
    case "on": {
      const limit = outputLimitOf(input);
      if (takesLevels(target)) return { ...config, thinkingLevel: nearestLevel(wish, limit, levels) };
      // Without a number the model finds the measure itself, which is what "on" alone asks for.
      if (wish.level === undefined && wish.budgetTokens === undefined) return { ...config, thinkingBudget: -1 };
      const budget = reasoningBudgetOf(wish, limit);
      const { minBudgetTokens = MIN_BUDGET_TOKENS, maxBudgetTokens = MAX_BUDGET_TOKENS } = target.reasoning ?? {};
      return { ...config, thinkingBudget: Math.max(minBudgetTokens, Math.min(budget, maxBudgetTokens)) };
    }
  }
}
