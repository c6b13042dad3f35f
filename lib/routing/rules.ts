import { unitPriceNumber } from "@/lib/money";
import { variablePrefixOf } from "@/lib/provider-variable";
import type { Provider } from "@/lib/schemas/endpoint";
import { matchesProvider } from "./match-provider";
import { dataCollectionRule, ignoreRule, onlyRule, zeroDataRetentionRule } from "./policy-rules";
import { quoted, type Refusal, type Rule } from "./rule";

const perMillion = (price: bigint) => Number((unitPriceNumber(price) * 1_000_000).toPrecision(6));

/** The rules in the order in which they are asked; the first that refuses names the reason. */
export const RULES: readonly Rule[] = [
  {
    name: "configured",
    message: () => "No endpoints found: none of the model's providers has a key on this installation",
    refuse: (endpoint, _model, { isConfigured, explainUnconfigured }) =>
      isConfigured(endpoint) ? undefined : (explainUnconfigured?.(endpoint) ?? missingKeyOf(endpoint.provider)),
  },
  onlyRule,
  ignoreRule,
  {
    name: "order",
    message: ({ preferences }) =>
      `No endpoints found: provider.order names ${quoted(preferences.order)} and fallbacks are off`,
    refuse: (endpoint, _model, { preferences: { order, allowFallbacks } }) =>
      allowFallbacks || order.length === 0 || order.some((name) => matchesProvider(name, endpoint))
        ? undefined
        : {
            reason: "not in provider.order, and fallbacks are off",
            fix: `add "${endpoint.tag}" to provider.order, or set provider.allow_fallbacks to true`,
          },
  },
  dataCollectionRule,
  zeroDataRetentionRule,
  {
    name: "quantizations",
    message: ({ preferences }) => `No endpoints found with quantization ${quoted(preferences.quantizations)}`,
    refuse: ({ fact: { quantization } }, _model, { preferences: { quantizations } }) =>
      quantizations.length === 0 || quantizations.includes(quantization)
        ? undefined
        : { reason: `quantization is ${quantization}`, fix: `add "${quantization}" to provider.quantizations` },
  },
  {
    name: "max_price",
    message: () => "No endpoints found under max_price",
    refuse: (endpoint, _model, { preferences: { maxPrice } }) => {
      const { prompt, completion, request } = endpoint.prices;
      if (maxPrice.prompt !== undefined && prompt > maxPrice.prompt) {
        return overPrice("prompt", perMillion(prompt), "USD per million tokens");
      }
      if (maxPrice.completion !== undefined && completion > maxPrice.completion) {
        return overPrice("completion", perMillion(completion), "USD per million tokens");
      }
      if (maxPrice.request !== undefined && request > maxPrice.request) {
        return overPrice("request", unitPriceNumber(request), "USD per request");
      }
      return undefined;
    },
  },
  {
    name: "tools",
    message: () => "No endpoints found that support tool use",
    refuse: (endpoint, _model, { needs }) =>
      !needs.tools || endpoint.supportedParameters.has("tools")
        ? undefined
        : { reason: "does not support tools", fix: "leave out tools and tool_choice" },
  },
  {
    name: "structured_outputs",
    message: () => "No endpoints found that support structured outputs",
    refuse: (endpoint, _model, { needs }) =>
      !needs.jsonSchema || endpoint.supportedParameters.has("structured_outputs")
        ? undefined
        : { reason: "does not support structured outputs", fix: 'set response_format.type to "json_object" or "text"' },
  },
  {
    name: "input_modalities",
    message: ({ needs }) => `No endpoints found that support ${needs.inputModalities.join(" and ")} input`,
    refuse: (_endpoint, model, { needs }) => {
      // Files can always be served: a plugin turns them into text where the model takes none.
      const missing = needs.inputModalities.find(
        (kind) => kind !== "file" && !model.fact.inputModalities.includes(kind),
      );
      return missing === undefined
        ? undefined
        : { reason: `does not take ${missing} input`, fix: `remove the ${missing} parts from messages` };
    },
  },
  {
    name: "output_modalities",
    message: ({ needs }) => `No endpoints found that support ${needs.outputModalities.join(" and ")} output`,
    refuse: (_endpoint, model, { needs }) => {
      const missing = needs.outputModalities.find((kind) => !model.fact.outputModalities.includes(kind));
      return missing === undefined
        ? undefined
        : { reason: `cannot produce ${missing}`, fix: `remove "${missing}" from modalities` };
    },
  },
  {
    name: "max_tokens",
    message: ({ needs }) => `No endpoints found that can produce ${needs.maxOutputTokens} tokens`,
    refuse: ({ maxOutputTokens }, _model, { needs }) =>
      needs.maxOutputTokens === undefined || maxOutputTokens === undefined || maxOutputTokens >= needs.maxOutputTokens
        ? undefined
        : { reason: `produces at most ${maxOutputTokens} tokens`, fix: `set max_tokens to ${maxOutputTokens} or less` },
  },
  {
    name: "context_length",
    message: ({ models, needs }) => {
      const largest = Math.max(...models.flatMap((model) => model.endpoints.map((endpoint) => endpoint.contextTokens)));
      const wanted = needs.promptTokens + (needs.maxOutputTokens ?? 0);
      return `The request needs about ${wanted} tokens, more than the largest context of ${largest} tokens; shorten the messages or lower max_tokens`;
    },
    refuse: ({ contextTokens }, _model, { needs }) =>
      contextTokens === 0 || needs.promptTokens + (needs.maxOutputTokens ?? 0) <= contextTokens
        ? undefined
        : { reason: `its context is ${contextTokens} tokens`, fix: "shorten the messages or lower max_tokens" },
  },
  {
    name: "require_parameters",
    message: () => "No endpoints found that support every parameter of the request",
    refuse: ({ supportedParameters }, _model, { needs, preferences }) => {
      if (!preferences.requireParameters) return undefined;
      const missing = needs.parameters.filter((name) => !supportedParameters.has(name));
      return missing.length === 0
        ? undefined
        : { reason: `does not support ${missing.join(", ")}`, fix: `leave out ${missing.join(", ")}` };
    },
  },
];

/** Most endpoints of a model have no key, at every request: what is said of them is put together once. */
const missingKeys = new WeakMap<Provider, Refusal>();

function missingKeyOf(provider: Provider): Refusal {
  const known = missingKeys.get(provider);
  if (known !== undefined) return known;
  const refusal = {
    reason: `no key is configured for ${provider.name}`,
    fix: `set ${variablePrefixOf(provider.slug)}_API_KEY, or switch the sandbox on`,
  };
  missingKeys.set(provider, refusal);
  return refusal;
}

function overPrice(field: string, price: number, unit: string): Refusal {
  return {
    reason: `its ${field} price of ${price} ${unit} is above the cap`,
    fix: `raise provider.max_price.${field} to ${price}`,
  };
}
