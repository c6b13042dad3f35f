import { variablePrefixOf } from "@/lib/provider-variable";
import type { Provider } from "@/lib/schemas/endpoint";
import type { Refusal, Rule } from "./rule";
import { hasWay, waysOf } from "./ways-of";

export const configuredRule: Rule = {
  name: "configured",
  message: () => "No endpoints found: none of the model's providers has a key on this installation",
  refuse: (endpoint, _model, input) => {
    const { isConfigured, ownWays, explainUnconfigured } = input;
    if (ownWays === undefined ? isConfigured(endpoint) : hasWay(waysOf(endpoint, input))) return undefined;
    const exclusive = ownWays?.(endpoint)?.exclusive;
    if (exclusive !== undefined) return exclusiveKey(exclusive.name, endpoint.provider);
    return explainUnconfigured?.(endpoint) ?? missingKeyOf(endpoint.provider);
  },
};

function exclusiveKey(name: string, provider: Provider): Refusal {
  return {
    reason: `your key "${name}" is always used for ${provider.name}, and it is not for this endpoint`,
    fix: `let shared credits take over from "${name}" at /settings/integrations`,
  };
}

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
