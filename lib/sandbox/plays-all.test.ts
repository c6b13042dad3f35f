import { expect, test } from "vitest";
import { buildSandboxAccess } from "@/lib/providers/build-access";
import { regionFor } from "@/lib/providers/region";
import { testSandbox } from "@/lib/sandbox/test-sandbox";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { shippedCatalog } from "@/lib/testing/shipped-models";

const sandbox = testSandbox();

test("every endpoint of the catalog answers in its own protocol when the sandbox plays it", {
  timeout: 60_000,
}, async () => {
  const endpoints = [...shippedCatalog().models.values()].flatMap((model) =>
    model.fact.outputModalities.includes("text") ? model.endpoints : [],
  );
  const providers = new Map(endpoints.map(({ provider }) => [provider.slug, provider.fact]));
  const table = buildSandboxAccess(providers.values(), sandbox.running().baseUrl);
  const request = chatRequestSchema.parse({ messages: [{ role: "user", content: "Say exactly: played" }] });
  const failures: string[] = [];
  for (const { provider, upstreamId, tag, fact, supportedParameters } of endpoints) {
    const access = table.get(provider.slug);
    if (access === undefined) continue;
    const adapter = access.adapter.forModel?.(upstreamId) ?? access.adapter;
    const [connection] = access.connections;
    const target = {
      ...connection,
      providerSlug: provider.slug,
      upstreamId,
      region: regionFor(undefined, fact.region),
      supportedParameters,
      maxOutputTokens: undefined,
      reasoning: undefined,
    };
    const built = adapter.buildRequest({ request, target, stream: false, maxTokens: 500, betaFeatures: [] });
    const response = await fetch(built.url, { method: "POST", headers: built.headers, body: built.body });
    const text = await response.text();
    const chunks = response.ok ? adapter.decodeBody(JSON.parse(text)) : [];
    const said = chunks.map(({ delta }) => delta?.content ?? "").join("");
    if (said !== "played") failures.push(`${upstreamId} at ${tag}: ${response.status} ${text.slice(0, 200)}`);
  }
  expect(failures).toEqual([]);
  expect(endpoints.length).toBeGreaterThan(500);
});
