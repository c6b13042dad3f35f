import { expect, test } from "vitest";
import { protocolSchema } from "@/lib/schemas/catalog";
import { adapterOf } from "./registry";

test.each(protocolSchema.options)("%s is spoken by its own adapter", (protocol) => {
  expect(adapterOf(protocol).protocol).toBe(protocol);
});

test("a provider that speaks several protocols has an adapter for each of its models", () => {
  const pathOf = (protocol: "vertex" | "azure", upstreamId: string) => {
    const adapter = adapterOf(protocol).forModel?.(upstreamId);
    return adapter?.buildRequest({
      request: { messages: [{ role: "user", content: "hi" }] },
      target: {
        providerSlug: "some-provider",
        upstreamId,
        baseUrl: "https://p.test/v1",
        apiKey: "",
        supportedParameters: new Set(),
        maxOutputTokens: undefined,
        reasoning: undefined,
        settings: { project: "p1" },
      },
      stream: true,
      maxTokens: undefined,
      betaFeatures: [],
    }).url;
  };
  expect(pathOf("vertex", "gemini-2.5-flash")).toBe(
    "https://p.test/v1/projects/p1/locations/global/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
  );
  expect(pathOf("vertex", "claude-sonnet-4-5@20250929")).toBe(
    "https://p.test/v1/projects/p1/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict",
  );
  expect(pathOf("vertex", "openai/gpt-oss-20b-maas")).toBe(
    "https://p.test/v1/projects/p1/locations/global/endpoints/openapi/chat/completions",
  );
});
