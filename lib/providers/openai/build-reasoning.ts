import type { JsonRecord } from "../json";
import { isSupported } from "../parameters";
import {
  canSwitchOff,
  hidesReasoning,
  levelsOf,
  nearestLevel,
  outputLimitOf,
  type ReasoningWish,
  reasoningBudgetOf,
  reasoningFieldOf,
  reasoningWishOf,
} from "../reasoning";
import type { AdapterInput } from "../types";
import type { ProviderQuirks } from "./provider-quirks";

type ReasoningFields = {
  fields: JsonRecord;
  /** The caller's field, when its wish cannot be said to this endpoint. */
  dropped: string | undefined;
};

const NOTHING: ReasoningFields = { fields: {}, dropped: undefined };

/** Says the caller's wish about reasoning in the provider's dialect. */
export function buildReasoning(input: AdapterInput, quirks: ProviderQuirks): ReasoningFields {
  const { request, target } = input;
  const wish = reasoningWishOf(request);
  const hidden = hidesReasoning(request);

  const reasons =
    target.reasoning !== undefined || isSupported(target, "reasoning") || isSupported(target, "reasoning_effort");
  if (!reasons) return wish.kind === "on" ? { fields: {}, dropped: reasoningFieldOf(request) } : NOTHING;

  if (quirks.reasoning === "object") return { fields: reasoningObject(input, wish, hidden), dropped: undefined };

  const fields: JsonRecord = {};
  if (quirks.reasoningFormat) Object.assign(fields, formatFields(input, hidden));
  if (wish.kind === "unset") return { fields, dropped: undefined };
  const said = wish.kind === "off" ? offFields(input, quirks) : onFields(input, quirks, wish);
  return { fields: { ...fields, ...said }, dropped: said === undefined ? reasoningFieldOf(request) : undefined };
}

function reasoningObject(input: AdapterInput, wish: ReasoningWish, hidden: boolean): JsonRecord {
  const reasoning: JsonRecord = {};
  if (wish.kind === "off") reasoning.enabled = false;
  if (wish.kind === "on") {
    if (wish.budgetTokens !== undefined) reasoning.max_tokens = wish.budgetTokens;
    else if (wish.level !== undefined) reasoning.effort = wish.level;
    else reasoning.enabled = true;
  }
  if (hidden) reasoning.exclude = true;
  if (input.request.reasoning?.summary != null) reasoning.summary = input.request.reasoning.summary;
  return Object.keys(reasoning).length === 0 ? {} : { reasoning };
}

function formatFields(input: AdapterInput, hidden: boolean): JsonRecord {
  if (hidden) return { include_reasoning: false };
  // Without it these models write their thoughts into the content, between tags. Source:
  // console.groq.com/docs/reasoning, read 2026-11-20. Models that know levels answer in the parsed form anyway and do not
  // take the parameter, as known in 2026-11.
  const untagged = input.target.reasoning !== undefined && levelsOf(input.target).length === 0;
  return untagged ? { reasoning_format: "parsed" } : {};
}

function offFields(input: AdapterInput, quirks: ProviderQuirks): JsonRecord | undefined {
  const { target } = input;
  if (quirks.reasoning === "enable_thinking") return { enable_thinking: false };
  // Where nothing is known of the model the switch is tried: the providers with a switch ignore one that does nothing.
  if (quirks.reasoning === "thinking" && (canSwitchOff(target) || target.reasoning === undefined)) {
    return { thinking: { type: "disabled" } };
  }
  if (canSwitchOff(target)) return { reasoning_effort: "none" };
  // Little is the nearest to nothing that a model without a switch can do.
  const [least] = levelsOf(target);
  return least === undefined ? undefined : { reasoning_effort: least };
}

function onFields(
  input: AdapterInput,
  quirks: ProviderQuirks,
  wish: Extract<ReasoningWish, { kind: "on" }>,
): JsonRecord {
  const { target } = input;
  const limit = outputLimitOf(input);
  const levels = levelsOf(target);
  const named = wish.level !== undefined || wish.budgetTokens !== undefined;
  switch (quirks.reasoning) {
    case "enable_thinking":
      return named && target.reasoning?.budget !== false
        ? { enable_thinking: true, thinking_budget: Math.max(1, reasoningBudgetOf(wish, limit)) }
        : { enable_thinking: true };
    case "thinking":
      return named && levels.length > 0
        ? { thinking: { type: "enabled" }, reasoning_effort: nearestLevel(wish, limit, levels) }
        : { thinking: { type: "enabled" } };
    case "effort":
    case "object":
      // Source: answer quoted in Alishahryar1/free-claude-code issue 1348 (2026-08): "must be one of none or default".
      if (quirks.reasoningFormat && levels.length === 0 && target.reasoning !== undefined) {
        return { reasoning_effort: "default" };
      }
      return { reasoning_effort: nearestLevel(wish, limit, levels) };
  }
}
