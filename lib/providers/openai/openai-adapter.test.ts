import { describeProviderContract } from "@/lib/testing/provider-contract";
import { openAiRequestSchema } from "@/lib/testing/wire-requests";
import { openAiAdapter } from "./openai-adapter";

describeProviderContract({
  adapter: openAiAdapter,
  target: { providerSlug: "openai", upstreamId: "gpt-5-mini", baseUrl: "https://api.openai.test/v1" },
  fixtures: new URL("__fixtures__/", import.meta.url),
  requestSchema: openAiRequestSchema,
  unknownField: { name: "brand_new_parameter", value: { depth: [1, 2] } },
  midStreamErrorStatus: 503,
  nativeFinishReasons: { text: "stop", length: "length", "content-filter": "content_filter" },
  limitOf: (body) => body.max_completion_tokens,
});
