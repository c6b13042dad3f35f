import { buildThinking } from "../anthropic/build-thinking";
import type { JsonRecord } from "../json";
import { levelsOf, nearestLevel, outputLimitOf, reasoningFieldOf, reasoningWishOf } from "../reasoning";
import type { AdapterInput } from "../types";
import type { ModelVendor } from "./model-vendor";

export type Reasoning = {
  /** Fields of the vendor's own. */
  fields: JsonRecord;
  /** The model will think, so that sampling, prefill and forced tools are out. */
  isOn: boolean;
  /** Output limit, raised where the budget asks for it; `undefined` leaves it to the model. */
  maxTokens: number | undefined;
};

type Obstacles = Parameters<typeof buildThinking>[2];

/**
 * Says the caller's wish about reasoning in the words of the model's vendor.
 * @param dropped collects the caller's field when it cannot be said
 */
export function buildReasoning(
  input: AdapterInput,
  vendor: ModelVendor,
  obstacles: Obstacles,
  dropped: Set<string>,
): Reasoning {
  const { request, target, maxTokens } = input;
  const none: Reasoning = { fields: {}, isOn: false, maxTokens };
  const wish = reasoningWishOf(request);
  if (vendor === "anthropic") {
    const said = buildThinking(input, outputLimitOf(input), obstacles);
    if (said.isDropped) dropped.add(reasoningFieldOf(request));
    const fields: JsonRecord = {};
    if (said.thinking !== undefined) fields.thinking = said.thinking;
    if (said.effort !== undefined) fields.output_config = { effort: said.effort };
    return { fields, isOn: said.isOn, maxTokens: said.isOn ? said.maxTokens : maxTokens };
  }
  const levels = levelsOf(target);
  if (wish.kind === "unset" || target.reasoning === undefined || levels.length === 0) {
    if (wish.kind === "on") dropped.add(reasoningFieldOf(request));
    return none;
  }
  const [least] = levels;
  const level = wish.kind === "off" ? least : nearestLevel(wish, outputLimitOf(input), levels);
  switch (vendor) {
    case "openai":
      // Source: docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html, as known in 2026-11.
      return { ...none, fields: { reasoning_effort: level } };
    case "amazon":
      // Source: docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html, as known in 2026-11.
      return wish.kind === "off"
        ? { ...none, fields: { reasoningConfig: { type: "disabled" } } }
        : {
            ...none,
            fields: { reasoningConfig: { type: "enabled", maxReasoningEffort: level } },
            isOn: level === "high",
          };
    case "mistral":
    case "cohere":
    case "other":
      if (wish.kind === "on") dropped.add(reasoningFieldOf(request));
      return none;
  }
}
