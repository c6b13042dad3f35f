import {
  distillableRule,
  inputModalitiesRule,
  outputModalitiesRule,
  quantizationsRule,
  requireParametersRule,
  structuredOutputsRule,
  toolsRule,
  videoUrlRule,
  webSearchRule,
} from "./capability-rules";
import { configuredRule } from "./configured-rule";
import { matchesProvider } from "./match-provider";
import { dataCollectionRule, ignoreRule, onlyRule, zeroDataRetentionRule } from "./policy-rules";
import { maxPriceRule } from "./price-rule";
import { quoted, type Rule } from "./rule";
import { contextLengthRule, maxTokensRule } from "./size-rules";

/** The rules in the order in which they are asked; the first that refuses an endpoint names it. */
export const RULES: readonly Rule[] = [
  configuredRule,
  onlyRule,
  ignoreRule,
  {
    name: "order",
    applies: ({ preferences: { order, allowFallbacks } }) => !allowFallbacks && order.length > 0,
    message: ({ preferences }) =>
      `No endpoints found: provider.order names ${quoted(preferences.order)} and fallbacks are off`,
    refuse: (endpoint, _model, { preferences: { order } }) =>
      order.some((name) => matchesProvider(name, endpoint))
        ? undefined
        : {
            reason: "not in provider.order, and fallbacks are off",
            fix: `add "${endpoint.tag}" to provider.order, or set provider.allow_fallbacks to true`,
          },
  },
  dataCollectionRule,
  zeroDataRetentionRule,
  distillableRule,
  quantizationsRule,
  maxPriceRule,
  toolsRule,
  structuredOutputsRule,
  inputModalitiesRule,
  videoUrlRule,
  outputModalitiesRule,
  webSearchRule,
  maxTokensRule,
  contextLengthRule,
  requireParametersRule,
];
