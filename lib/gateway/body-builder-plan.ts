import { endpointOf } from "@/lib/catalog/build-catalog";
import type { Candidate } from "@/lib/routing/types";
import type { EndpointFact, ProviderFact } from "@/lib/schemas/catalog";
import type { Model } from "@/lib/schemas/endpoint";
import type { Plan } from "./plan-request";
import type { ResolvedRequest } from "./resolve-request";

/** The entry of the catalog that is answered here. */
export const BODY_BUILDER = "openrouter/bodybuilder";

/** The plan of a request to the Body Builder, which needs no provider: itself. `undefined` for any other request. */
export function bodyBuilderPlan({ models: [model] }: ResolvedRequest): Plan | undefined {
  if (model?.id !== BODY_BUILDER) return undefined;
  return { kind: "route", strategy: "order", candidates: [candidateOf(model)], excluded: [] };
}

/** This server itself, in the form in which answers name who gave them. */
const HERE: ProviderFact = {
  slug: "signalbox",
  name: "Signalbox",
  kind: "local",
  dataPolicy: { trains: false, retainsPrompts: false, zeroDataRetention: true },
  protocol: "openai-compatible",
  keyVariables: [],
};

function candidateOf(model: Model): Candidate {
  const fact: EndpointFact = {
    model: model.id,
    provider: HERE.slug,
    tag: HERE.slug,
    upstreamId: model.id,
    quantization: "unknown",
    contextTokens: model.fact.contextTokens,
    prices: { prompt: "0", completion: "0" },
    supportedParameters: [],
    supportsImplicitCaching: false,
  };
  const endpoint = endpointOf(fact, { slug: HERE.slug, name: HERE.name, fact: HERE });
  return { model, endpoint, stable: true, probability: 1, score: null };
}
