import type { Adapter, AdapterInput, AdapterTarget, UpstreamRequest } from "@/lib/providers/types";
import { chatRequestSchema } from "@/lib/schemas/chat-request";

/** An endpoint that takes everything and of which nothing else is known. */
export const PLAIN_TARGET: AdapterTarget = {
  providerSlug: "some-provider",
  upstreamId: "some-model",
  baseUrl: "https://provider.test/v1",
  apiKey: "k",
  supportedParameters: new Set(),
  maxOutputTokens: undefined,
  reasoning: undefined,
};

type BuiltRequest = Omit<UpstreamRequest, "body"> & { body: Record<string, unknown> };

/** Builds the request of an adapter for an endpoint that takes everything, but for what `target` says. */
export function buildUpstream(
  adapter: Adapter,
  request: Record<string, unknown>,
  { target = {}, ...overrides }: Partial<Omit<AdapterInput, "target">> & { target?: Partial<AdapterTarget> } = {},
): BuiltRequest {
  const parsed = chatRequestSchema.parse({ messages: [{ role: "user", content: "hi" }], ...request });
  const built = adapter.buildRequest({
    request: parsed,
    target: { ...PLAIN_TARGET, ...target },
    stream: false,
    maxTokens: undefined,
    betaFeatures: [],
    ...overrides,
  });
  const body: Record<string, unknown> = JSON.parse(built.body);
  return { ...built, body };
}
