import { describeProviderContract } from "@/lib/testing/provider-contract";
import { cohereRequestSchema } from "@/lib/testing/wire-requests-cohere";
import { cohereAdapter } from "./cohere-adapter";

describeProviderContract({
  adapter: cohereAdapter,
  target: { providerSlug: "cohere", upstreamId: "command-a-03-2025", baseUrl: "https://api.cohere.com/v2" },
  fixtures: new URL("./__fixtures__/", import.meta.url),
  requestSchema: cohereRequestSchema,
  unknownField: { name: "safety_mode", value: "STRICT" },
  midStreamErrorStatus: 502,
  nativeFinishReasons: { text: "COMPLETE", length: "MAX_TOKENS", "content-filter": "ERROR_TOXIC" },
  takesNoFiles: true,
  limitOf: (body) => body.max_tokens,
});
