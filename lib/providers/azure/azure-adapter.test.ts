import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { describeProviderContract } from "@/lib/testing/provider-contract";
import { openAiRequestSchema } from "@/lib/testing/wire-requests";
import { azureAdapter } from "./azure-adapter";
import { connect } from "./connect";

describeProviderContract({
  adapter: azureAdapter,
  target: { providerSlug: "azure", upstreamId: "gpt-5-mini", baseUrl: "https://mine.openai.azure.com/openai" },
  fixtures: new URL("../openai/__fixtures__/", import.meta.url),
  requestSchema: openAiRequestSchema,
  unknownField: { name: "brand_new_parameter", value: { depth: [1, 2] } },
  midStreamErrorStatus: 503,
  nativeFinishReasons: { text: "stop", length: "length", "content-filter": "content_filter" },
  limitOf: (body) => body.max_completion_tokens,
});

const ADDRESS = "https://${AZURE_RESOURCE_NAME}.openai.azure.com/openai";

/** The address and the model of a request, with what a credential and the environment say. */
function requestOf(upstreamId: string, input: Partial<Parameters<typeof connect>[0]>) {
  const connected = connect({ credential: "k", baseUrl: ADDRESS, variables: {}, ...input });
  if (connected.kind !== "connected") throw new Error(JSON.stringify(connected));
  const [{ baseUrl, apiKey, settings }] = connected.connections;
  const adapter = azureAdapter.forModel?.(upstreamId) ?? azureAdapter;
  return buildUpstream(adapter, {}, { target: { providerSlug: "azure", upstreamId, baseUrl, apiKey, settings } });
}

describe("the address", () => {
  test.each([
    {
      name: "of a deployment",
      input: { variables: { AZURE_RESOURCE_NAME: "mine" } },
      url: "https://mine.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2025-04-01-preview",
    },
    {
      name: "in a version that the operator names",
      input: { variables: { AZURE_RESOURCE_NAME: "mine", AZURE_API_VERSION: "2024-10-21" } },
      url: "https://mine.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
    },
    {
      name: "under v1",
      input: { baseUrl: "https://mine.openai.azure.com/openai/v1" },
      url: "https://mine.openai.azure.com/openai/v1/chat/completions",
    },
    {
      name: "of an address of its own",
      input: { baseUrl: "http://127.0.0.1:9" },
      url: "http://127.0.0.1:9/openai/deployments/gpt-4o/chat/completions?api-version=2025-04-01-preview",
    },
    {
      name: "of models that are not OpenAI's",
      input: { baseUrl: "https://mine.services.ai.azure.com/models?api-version=2024-05-01-preview" },
      url: "https://mine.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
    },
  ])("$name", ({ input, url }) => {
    const { headers, url: built } = requestOf("gpt-4o", input);
    expect(built).toBe(url);
    expect(headers["api-key"]).toBe("k");
    expect(headers).not.toHaveProperty("authorization");
  });

  test("names the deployment that the operator gave the model", () => {
    const variables = { AZURE_RESOURCE_NAME: "mine", AZURE_DEPLOYMENTS: "gpt-5=five, gpt-4o=four" };
    const { url, body } = requestOf("gpt-4o", { variables });
    expect(url).toContain("/deployments/four/");
    expect(body.model).toBe("four");
  });

  test("of Anthropic's models is that of their own protocol", () => {
    const { url, headers, body } = requestOf("claude-sonnet-4-6", { variables: { AZURE_RESOURCE_NAME: "mine" } });
    expect(url).toBe("https://mine.services.ai.azure.com/anthropic/v1/messages");
    expect(headers).toMatchObject({ "x-api-key": "k", "anthropic-version": expect.any(String) });
    expect(body.model).toBe("claude-sonnet-4-6");
  });
});

describe("a credential as JSON", () => {
  const entry = {
    model_slug: "openai/gpt-4o",
    endpoint_url: "https://p.openai.azure.com/openai/deployments/g4/chat/completions?api-version=2024-08-01-preview",
    api_key: "secret",
    model_id: "g4",
  };

  test("has one address for each model", () => {
    const other = { ...entry, model_slug: "mistralai/mistral-large" };
    const connected = connect({ credential: JSON.stringify([entry, other]), baseUrl: ADDRESS, variables: {} });
    if (connected.kind !== "connected") throw new Error(connected.kind);
    const served = connected.connections.map(({ serves }) =>
      serves?.({ modelId: "openai/gpt-4o", upstreamId: "gpt-4o", region: undefined }),
    );
    expect(served).toEqual([true, false]);
    expect(requestOf("gpt-4o", { credential: JSON.stringify(entry) })).toMatchObject({
      url: entry.endpoint_url,
      headers: { "api-key": "secret" },
      body: { model: "g4" },
    });
  });

  test.each([
    { credential: "[{", field: undefined },
    { credential: "[]", field: undefined },
    { credential: JSON.stringify({ ...entry, api_key: "" }), field: "api_key" },
    { credential: JSON.stringify([entry, { ...entry, model_id: undefined }]), field: "[1].model_id" },
    { credential: JSON.stringify({ ...entry, endpoint_url: "ftp://x" }), field: "endpoint_url" },
  ])("is refused: $credential", ({ credential, field }) => {
    expect(connect({ credential, baseUrl: ADDRESS, variables: {} })).toMatchObject({ kind: "refused", field });
  });

  test("of an account is called under guard, since the address is its own", () => {
    const connected = connect({ credential: JSON.stringify(entry), baseUrl: ADDRESS, variables: {}, isAccounts: true });
    expect(connected).toMatchObject({ connections: [{ isGuarded: true }] });
  });
});
