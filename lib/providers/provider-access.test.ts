import { describe, expect, test } from "vitest";
import type { ProviderFact } from "@/lib/schemas/catalog";
import { buildLiveAccess, buildSandboxAccess, explainUnconfigured } from "./provider-access";

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
    expect(accessOf(fact, variables)).toMatchObject({ baseUrl, apiKeys: keys, sandbox: false });
  });
});

describe("a provider is not configured", () => {
  test.each([
    { name: "without any variable", fact: provider("openai"), variables: {} },
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
    {
      name: "in a protocol without an adapter",
      fact: provider("cohere", { protocol: "cohere" }),
      variables: { COHERE_API_KEY: "k" },
    },
  ])("$name", ({ fact, variables }) => expect(accessOf(fact, variables)).toBeUndefined());
});

test("the sandbox plays every hosted provider, in its own protocol where it can", () => {
  const table = buildSandboxAccess(
    [
      provider("anthropic", { protocol: "anthropic" }),
      provider("cohere", { protocol: "cohere" }),
      provider("ollama", { kind: "local" }),
    ],
    "http://127.0.0.1:1",
  );
  expect([...table].map(([slug, { adapter, baseUrl, sandbox }]) => [slug, adapter.protocol, baseUrl, sandbox])).toEqual(
    [
      ["anthropic", "anthropic", "http://127.0.0.1:1/anthropic", true],
      ["cohere", "openai-compatible", "http://127.0.0.1:1/cohere", true],
    ],
  );
});

test("what keeps a provider with a key from being called is explained", () => {
  const cohere = provider("cohere", { protocol: "cohere" });
  expect(explainUnconfigured(cohere, { COHERE_API_KEY: "k" })).toEqual({
    reason: "cohere has a key, but its protocol (cohere) is not spoken yet",
    fix: "set COHERE_BASE_URL to an address of it that is OpenAI-compatible",
  });
  expect(explainUnconfigured(provider("nowhere", { baseUrl: undefined }), { NOWHERE_API_KEY: "k" })?.fix).toBe(
    "set NOWHERE_BASE_URL",
  );
  expect(explainUnconfigured(cohere, {})).toBeUndefined();
  expect(explainUnconfigured(cohere, { COHERE_API_KEY: "k", COHERE_BASE_URL: "http://here/v1" })).toBeUndefined();
});
