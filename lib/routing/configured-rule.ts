import { variablePrefixOf } from "@/lib/provider-variable";
import type { Provider } from "@/lib/schemas/endpoint";
import type { Refusal, Rule } from "./rule";

export const configuredRule: Rule = {
  name: "configured",
  message: () => "No endpoints found: none of the model's providers has a key on this installation",
  refuse: (endpoint, _model, { isConfigured, explainUnconfigured }) =>
    isConfigured(endpoint) ? undefined : (explainUnconfigured?.(endpoint) ?? missingKeyOf(endpoint.provider)),
};

/** Most endpoints of a model have no key, at every request: what is said of them is put together once. */
const missingKeys = new WeakMap<Provider, Refusal>();

function missingKeyOf(provider: Provider): Refusal {
  const known = missingKeys.get(provider);
  if (known !== undefined) return known;
  const refusal = {
    reason: `no key is configured for ${provider.name}`,
    fix: `set ${variablePrefixOf(provider.slug)}_API_KEY to a key of it, or switch the sandbox on`,
  };
  missingKeys.set(provider, refusal);
  return refusal;
}
