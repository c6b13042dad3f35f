import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";

/**
 * The request with an output limit that its first model can keep, for protocols where a limit must be named and clients
 * name the same one to every model. Elsewhere a limit is a need, and endpoints that cannot meet it are left out.
 */
export function withReachableLimit(
  request: ChatRequest,
  models: readonly Model[],
  isReachable: (endpoint: Endpoint) => boolean,
): ChatRequest {
  const { max_tokens: limit } = request;
  if (limit == null) return request;
  const endpoints = models.map((model) => model.endpoints.filter(isReachable)).find(({ length }) => length > 0) ?? [];
  const most = Math.max(...endpoints.map(({ maxOutputTokens }) => maxOutputTokens ?? Number.POSITIVE_INFINITY));
  // Nobody can be reached at all: the plan says so.
  return endpoints.length === 0 || limit <= most ? request : { ...request, max_tokens: most };
}
