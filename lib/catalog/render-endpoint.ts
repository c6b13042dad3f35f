import { renderArchitecture } from "@/lib/catalog/render-architecture";
import { renderPricing } from "@/lib/catalog/render-pricing";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import type { EndpointMeasurements } from "@/lib/schemas/endpoint-health";
import type { PublicEndpoint, PublicEndpointList } from "@/lib/schemas/public-catalog";

export type EndpointRow = {
  endpoint: EndpointFact;
  provider: ProviderFact;
  /** Null or absent: nothing was measured. */
  measurements?: EndpointMeasurements | null;
};

/** One endpoint of `model` as `GET /models/{author}/{slug}/endpoints` and `GET /endpoints/zdr` list it. */
export function renderEndpoint(model: ModelFact, row: EndpointRow): PublicEndpoint {
  const { endpoint, provider, measurements } = row;
  return {
    name: `${provider.name} | ${model.id}`,
    model_id: model.id,
    model_name: model.name,
    context_length: endpoint.contextTokens,
    pricing: { ...renderPricing(endpoint.prices), discount: endpoint.prices.discount ?? 0 },
    provider_name: provider.name,
    tag: endpoint.tag,
    quantization: endpoint.quantization,
    max_completion_tokens: endpoint.maxOutputTokens ?? null,
    max_prompt_tokens: endpoint.maxPromptTokens ?? null,
    supported_parameters: endpoint.supportedParameters,
    status: 0,
    uptime_last_5m: measurements?.uptimeLast5mPercent ?? null,
    uptime_last_30m: measurements?.uptimeLast30mPercent ?? null,
    uptime_last_1d: measurements?.uptimeLast1dPercent ?? null,
    supports_implicit_caching: endpoint.supportsImplicitCaching,
    supports_tool_choice: toolChoiceOf(endpoint),
    latency_last_30m: measurements?.latencyMs ?? null,
    throughput_last_30m: measurements?.throughputTokensPerSecond ?? null,
  };
}

/** The `data` of `GET /models/{author}/{slug}/endpoints`, in the order of `rows`. */
export function renderEndpointList(model: ModelFact, rows: readonly EndpointRow[]): PublicEndpointList {
  return {
    id: model.id,
    name: model.name,
    created: model.createdSeconds,
    description: model.description ?? "",
    architecture: renderArchitecture(model),
    endpoints: rows.map((row) => renderEndpoint(model, row)),
  };
}

/** Without `tool_choice` the model decides for itself, which is what "auto" asks for. */
function toolChoiceOf(endpoint: EndpointFact): PublicEndpoint["supports_tool_choice"] {
  const steerable = endpoint.supportedParameters.includes("tool_choice");
  return {
    auto: endpoint.supportedParameters.includes("tools"),
    none: steerable,
    required: steerable,
    function: steerable,
  };
}
