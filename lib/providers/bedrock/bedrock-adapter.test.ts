import { describeProviderContract } from "@/lib/testing/provider-contract";
import { bedrockRequestSchema } from "@/lib/testing/wire-requests-bedrock";
import { recordOf } from "../json";
import { bedrockAdapter } from "./bedrock-adapter";

describeProviderContract({
  adapter: bedrockAdapter,
  target: {
    providerSlug: "amazon-bedrock",
    upstreamId: "anthropic.claude-sonnet-4-5-20250929-v1:0",
    baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
  },
  fixtures: new URL("./__fixtures__/", import.meta.url),
  requestSchema: bedrockRequestSchema,
  unknownField: { name: "performanceConfig", value: { latency: "optimized" } },
  midStreamErrorStatus: 529,
  nativeFinishReasons: { text: "end_turn", length: "max_tokens", "content-filter": "content_filtered" },
  limitOf: (body) => recordOf(body.inferenceConfig)?.maxTokens,
  answersHaveNoId: true,
});
