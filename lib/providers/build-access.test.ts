import { describe, expect, test } from "vitest";
import type { ProviderFact } from "@/lib/schemas/catalog";
import { buildLiveAccess, buildSandboxAccess, explainUnconfigured } from "./build-access";

function provider(slug: string, changes: Partial<ProviderFact> = {}): ProviderFact {
  return {
    slug,
    name: slug,
    kind: "hosted",
    dataPolicy: null,
    protocol: "openai-compatible",
    baseUrl: `https://api.${slug}.example/v1`,
    keyVariables: [],
    ...changes,
  };
}

const accessOf = (fact: ProviderFact, variables: Record<string, string>) =>
  buildLiveAccess([fact], variables).get(fact.slug);

describe("a provider is configured", () => {
  test.each([
    {
      name: "by its key",
      fact: provider("deepinfra"),
      variables: { DEEPINFRA_API_KEY: "k" },
      baseUrl: "https://api.deepinfra.example/v1",
      keys: ["k"],
    },
    {
      name: "by several keys, used in turn",
      fact: provider("deepinfra"),
      variables: { DEEPINFRA_API_KEY: "a, b" },
      baseUrl: "https://api.deepinfra.example/v1",
      keys: ["a", "b"],
    },
    {
      name: "by a slug with dashes",
      fact: provider("google-ai-studio", { protocol: "gemini" }),
      variables: { GOOGLE_AI_STUDIO_API_KEY: "k" },
      baseUrl: "https://api.google-ai-studio.example/v1",
      keys: ["k"],
    },
    {
      name: "by its customary key",
      fact: provider("google-ai-studio", { protocol: "gemini", keyVariables: ["GEMINI_API_KEY"] }),
      variables: { GEMINI_API_KEY: "k", GEMINI_BASE_URL: "http://here/" },
      baseUrl: "http://here",
      keys: ["k"],
    },
    {
      name: "by an address of its own without a key",
      fact: provider("openai"),
      variables: { OPENAI_BASE_URL: "http://127.0.0.1:9/v1/" },
      baseUrl: "http://127.0.0.1:9/v1",
      keys: [""],
    },
    {
      name: "with placeholders filled in",
      fact: provider("cloud", { baseUrl: "https://x/${CLOUD_ACCOUNT}/v1" }),
      variables: { CLOUD_API_KEY: "k", CLOUD_ACCOUNT: "me" },
      baseUrl: "https://x/me/v1",
      keys: ["k"],
    },
  ])("$name", ({ fact, variables, baseUrl, keys }) => {
    const connections = keys.map((apiKey) => ({ baseUrl, apiKey }));
    expect(accessOf(fact, variables)).toMatchObject({ connections, sandbox: false });
  });
});

describe("a provider is not configured", () => {
  test.each([
    { name: "without any variable", fact: provider("openai"), variables: {} },
    {
      name: "by the address of another provider that shares the name of its key",
      fact: provider("ollama-cloud", { keyVariables: ["OLLAMA_API_KEY"], foreignVariables: ["OLLAMA_BASE_URL"] }),
      variables: { OLLAMA_BASE_URL: "http://127.0.0.1:11434" },
    },
    { name: "with an empty key", fact: provider("openai"), variables: { OPENAI_API_KEY: "" } },
    {
      name: "without an address",
      fact: provider("nowhere", { baseUrl: undefined }),
      variables: { NOWHERE_API_KEY: "k" },
    },
    {
      name: "with a placeholder left",
      fact: provider("cloud", { baseUrl: "https://x/${CLOUD_ACCOUNT}" }),
      variables: { CLOUD_API_KEY: "k" },
    },
  ])("$name", ({ fact, variables }) => expect(accessOf(fact, variables)).toBeUndefined());
});

test("the sandbox plays every hosted provider, in its own protocol", () => {
  const table = buildSandboxAccess(
    [
      provider("anthropic", { protocol: "anthropic" }),
      provider("cohere", { protocol: "cohere" }),
      provider("ollama", { kind: "local" }),
      provider("openrouter", { kind: "aggregator" }),
    ],
    "http://127.0.0.1:1",
  );
  const rows = [...table].map(([slug, { adapter, connections, sandbox }]) => [
    slug,
    adapter.protocol,
    connections[0].baseUrl,
    sandbox,
  ]);
  expect(rows).toEqual([
    ["anthropic", "anthropic", "http://127.0.0.1:1/anthropic", true],
    ["cohere", "cohere", "http://127.0.0.1:1/cohere", true],
  ]);
});

test("what keeps a provider with a key from being called is explained", () => {
  expect(explainUnconfigured(provider("nowhere", { baseUrl: undefined }), { NOWHERE_API_KEY: "k" })).toEqual({
    reason: "nowhere has a key, but its address is not known",
    fix: "set NOWHERE_BASE_URL",
  });
  const bedrock = provider("amazon-bedrock", { protocol: "bedrock" });
  expect(explainUnconfigured(bedrock, { AWS_ACCESS_KEY_ID: "AKIA", AWS_REGION: "us-east-1" })).toEqual({
    reason: "amazon-bedrock has a key, but AWS_SECRET_ACCESS_KEY is missing",
    fix: "set AWS_SECRET_ACCESS_KEY",
  });
  expect(explainUnconfigured(bedrock, {})).toBeUndefined();
  expect(explainUnconfigured(provider("openai"), { OPENAI_API_KEY: "k" })).toBeUndefined();
});
