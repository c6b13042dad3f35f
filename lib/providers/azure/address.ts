import type { AdapterTarget } from "../types";

/** The name under which the model is deployed: the operator's, else the model's own. */
export function deploymentOf({ upstreamId, settings }: AdapterTarget): string {
  return settings?.deployment ?? settings?.[`deployment:${upstreamId}`] ?? upstreamId;
}

/**
 * The address of an operation, such as chat completions: a whole one as it is; under `/openai/v1` and `/models` that of all models; else that of
 * the deployment. Source: learn.microsoft.com/azure/ai-foundry/openai/reference and /api-version-lifecycle, as known in
 * 2026-11.
 */
export function operationUrlOf(target: AdapterTarget, operation: "chat/completions" | "embeddings"): string {
  const { baseUrl, settings } = target;
  if (baseUrl.includes("/chat/completions")) return baseUrl.replace("chat/completions", operation);
  const [address = "", query] = baseUrl.split("?", 2);
  const base = address.replace(/\/+$/, "");
  const version = settings?.apiVersion ?? settings?.usualApiVersion;
  const versioned = query ?? (version === undefined ? "" : `api-version=${encodeURIComponent(version)}`);
  const asked = query ?? (settings?.apiVersion === undefined ? "" : versioned);
  if (/\/openai\/v1$/.test(base)) return withQuery(`${base}/${operation}`, asked);
  if (/\/models$/.test(base) || /\/deployments\/[^/]+$/.test(base)) {
    return withQuery(`${base}/${operation}`, versioned);
  }
  const root = base.endsWith("/openai") ? base : `${base}/openai`;
  return withQuery(`${root}/deployments/${encodeURIComponent(deploymentOf(target))}/${operation}`, versioned);
}

/** The address of Anthropic's messages at the same resource. */
export function messagesUrlOf(baseUrl: string): string {
  if (/\/messages(\?|$)/.test(baseUrl)) return baseUrl;
  // Source: learn.microsoft.com/azure/ai-foundry/foundry-models/how-to/use-foundry-models-claude, as known in 2026-11.
  const host = baseUrl.replace(/\.openai\.azure\.com/, ".services.ai.azure.com");
  const root = host
    .replace(/\?.*$/, "")
    .replace(/\/(openai|anthropic|models)(\/.*)?$/, "")
    .replace(/\/+$/, "");
  return `${root}/anthropic/v1/messages`;
}

function withQuery(url: string, query: string): string {
  return query === "" ? url : `${url}?${query}`;
}
