import { describeProviderContract } from "@/lib/testing/provider-contract";
import { anthropicRequestSchema } from "@/lib/testing/wire-requests";
import { anthropicAdapter } from "./anthropic-adapter";

describeProviderContract({
  adapter: anthropicAdapter,
  target: { providerSlug: "anthropic", upstreamId: "claude-sonnet-4-5", baseUrl: "https://api.anthropic.test/v1" },
  fixtures: new URL("__fixtures__/", import.meta.url),
  requestSchema: anthropicRequestSchema,
  unknownField: { name: "context_management", value: { edits: [{ type: "clear_tool_uses_20250919" }] } },
  midStreamErrorStatus: 529,
  nativeFinishReasons: { text: "end_turn", length: "max_tokens", "content-filter": "refusal" },
  limitOf: (body) => body.max_tokens,
});
