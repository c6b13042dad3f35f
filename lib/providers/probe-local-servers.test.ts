import { expect, test } from "vitest";
import type { ProviderFact } from "@/lib/schemas/catalog";
import type { ReadJson } from "./local/list-models";
import { localServersOf, probeLocalServers } from "./probe-local-servers";

const local = (slug: string, protocol: ProviderFact["protocol"], baseUrl: string): ProviderFact => ({
  slug,
  name: slug,
  kind: "local",
  dataPolicy: null,
  protocol,
  baseUrl,
  keyVariables: [],
});
const FACTS = [
  local("ollama", "ollama", "http://127.0.0.1:11434"),
  local("lmstudio", "openai-compatible", "http://127.0.0.1:1234/v1"),
  { ...local("openai", "openai-compatible", "https://api.openai.test/v1"), kind: "hosted" as const },
];

test("servers are looked for on their usual ports, or where the environment says", () => {
  const addresses = (variables: Record<string, string>) =>
    localServersOf(FACTS, variables).map(({ slug, baseUrl }) => `${slug} ${baseUrl}`);
  expect(addresses({})).toEqual(["ollama http://127.0.0.1:11434", "lmstudio http://127.0.0.1:1234/v1"]);
  expect(
    addresses({ OLLAMA_BASE_URL: "http://gpu:11434/", LOCAL_OPENAI_BASE_URLS: "http://a:8000, http://b:8000/v1/" }),
  ).toEqual([
    "ollama http://gpu:11434",
    "lmstudio http://127.0.0.1:1234/v1",
    "local http://a:8000/v1",
    "local http://b:8000/v1",
  ]);
});

/** Servers that answer as told, and what they were asked. */
function serversSaying(answers: Record<string, unknown>): { asked: string[]; readerOf: () => ReadJson } {
  const asked: string[] = [];
  const readerOf = () => async (url: string, body?: unknown) => {
    const question = body === undefined ? url : `${url} ${JSON.stringify(body)}`;
    asked.push(question);
    return answers[question];
  };
  return { asked, readerOf };
}

const OLLAMA = "http://127.0.0.1:11434";
const TAGS = {
  models: [
    { name: "qwen3:8b", model: "qwen3:8b", modified_at: "2026-11-01T10:00:00.5+01:00", digest: "d1" },
    { name: "embed:latest", digest: "d2" },
    { name: "old:latest", digest: "d3" },
  ],
};
const SHOWN = {
  model_info: { "general.architecture": "qwen3", "qwen3.context_length": 40_960 },
  capabilities: ["completion", "tools", "thinking", "vision"],
};

test("Ollama's models come with what it says of each, and each is asked about once", async () => {
  const { asked, readerOf } = serversSaying({
    [`${OLLAMA}/api/tags`]: TAGS,
    [`${OLLAMA}/api/show {"model":"qwen3:8b"}`]: SHOWN,
    [`${OLLAMA}/api/show {"model":"embed:latest"}`]: { capabilities: ["embedding"] },
  });
  const details = new Map();
  const servers = localServersOf(FACTS.slice(0, 1), {});
  const { providers, access } = await probeLocalServers(servers, details, readerOf);
  await probeLocalServers(servers, details, readerOf);

  expect(providers).toMatchObject([
    {
      slug: "ollama",
      models: [
        {
          upstreamId: "qwen3:8b",
          contextTokens: 40_960,
          seesImages: true,
          takesTools: true,
          reasons: true,
          embeds: false,
          createdSeconds: Date.UTC(2026, 10, 1, 9) / 1_000,
        },
        { upstreamId: "embed:latest", embeds: true, takesTools: false },
        { upstreamId: "old:latest", contextTokens: 0, takesTools: undefined, embeds: false },
      ],
    },
  ]);
  expect(asked.filter((question) => question.includes("qwen3"))).toHaveLength(1);
  const [connection] = access.get("ollama")?.connections ?? [];
  expect(connection?.baseUrl).toBe(`${OLLAMA}/v1`);
  expect(connection?.serves?.({ modelId: "", upstreamId: "qwen3:8b", region: undefined })).toBe(true);
  expect(connection?.serves?.({ modelId: "", upstreamId: "gone:latest", region: undefined })).toBe(false);
});

test("other servers are asked for OpenAI's list, and for LM Studio's richer one before it", async () => {
  const { readerOf } = serversSaying({
    "http://127.0.0.1:1234/api/v0/models": {
      data: [{ id: "gemma", type: "vlm", max_context_length: 8_192, capabilities: ["tool_use"] }, { id: 5 }],
    },
    "http://a:8000/v1/models": { object: "list", data: [{ id: "mistral", max_model_len: 32_768, created: 7 }] },
    [`${OLLAMA}/v1/models`]: { data: [{ id: "behind-a-proxy" }] },
  });
  const servers = localServersOf(FACTS, { LOCAL_OPENAI_BASE_URLS: "http://a:8000" });
  const { providers } = await probeLocalServers(servers, new Map(), readerOf);
  expect(providers).toMatchObject([
    { slug: "ollama", models: [{ upstreamId: "behind-a-proxy" }] },
    { slug: "lmstudio", models: [{ upstreamId: "gemma", contextTokens: 8_192, seesImages: true, takesTools: true }] },
    { slug: "local", models: [{ upstreamId: "mistral", contextTokens: 32_768, createdSeconds: 7 }] },
  ]);
});

test("nothing answers, nothing is found", async () => {
  const { readerOf } = serversSaying({});
  const { providers, access } = await probeLocalServers(localServersOf(FACTS, {}), new Map(), readerOf);
  expect(providers).toEqual([]);
  expect(access.size).toBe(0);
});
