import { describe, expect, test } from "vitest";
import { buildSandboxAccess } from "@/lib/providers/build-access";
import { taskAdapterOf } from "@/lib/providers/task-adapter";
import { type AdapterTarget, type StreamEvent, UpstreamError } from "@/lib/providers/types";
import { testSandbox } from "@/lib/sandbox/test-sandbox";
import type { Protocol, ProviderFact } from "@/lib/schemas/catalog";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { Task } from "@/lib/schemas/task";
import { createEventStreamParser } from "@/lib/sse/event-stream-parser";
import { createSseParser } from "@/lib/sse/sse-parser";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import { decodeAll, errorThrownBy, failureThrownBy } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";

const sandbox = testSandbox();

type Player = {
  name: string;
  slug: string;
  protocol: Protocol;
  upstreamId: string;
  /** The address that this protocol's clients ask for a stream. */
  path: RegExp;
  /** Its reasoning comes back signed. */
  signs?: true;
  /** Constrained decoding is known of the endpoint. */
  schemas?: true;
};

const EFFORTS = { efforts: ["low", "high"], budget: true };
const PLAYERS: readonly Player[] = [
  {
    name: "Claude on Bedrock",
    slug: "amazon-bedrock",
    protocol: "bedrock",
    upstreamId: "anthropic.claude-haiku-4-5-20251001-v1:0",
    path: /^\/amazon-bedrock\/model\/us\.anthropic\.claude-haiku-4-5-20251001-v1%3A0\/converse-stream$/,
    signs: true,
  },
  {
    name: "another on Bedrock",
    slug: "amazon-bedrock",
    protocol: "bedrock",
    upstreamId: "openai.gpt-oss-120b-1:0",
    path: /^\/amazon-bedrock\/model\/openai\.gpt-oss-120b-1%3A0\/converse-stream$/,
    schemas: true,
  },
  {
    name: "Gemini on Vertex AI",
    slug: "google-vertex",
    protocol: "vertex",
    upstreamId: "gemini-2.5-flash",
    path: /^\/google-vertex\/v1\/projects\/sandbox\/locations\/global\/publishers\/google\/models\/gemini-2\.5-flash:streamGenerateContent/,
    schemas: true,
  },
  {
    name: "Claude on Vertex AI",
    slug: "google-vertex",
    protocol: "vertex",
    upstreamId: "claude-haiku-4-5@20251001",
    path: /^\/google-vertex\/v1\/projects\/sandbox\/locations\/global\/publishers\/anthropic\/models\/claude-haiku-4-5@20251001:streamRawPredict$/,
    signs: true,
  },
  {
    name: "an open model on Vertex AI",
    slug: "google-vertex",
    protocol: "vertex",
    upstreamId: "meta/llama-4",
    path: /^\/google-vertex\/v1\/projects\/sandbox\/locations\/global\/endpoints\/openapi\/chat\/completions$/,
  },
  {
    name: "a deployment on Azure",
    slug: "azure",
    protocol: "azure",
    upstreamId: "gpt-5-mini",
    path: /^\/azure\/openai\/deployments\/gpt-5-mini\/chat\/completions\?api-version=\d{4}-\d\d-\d\d/,
  },
  {
    name: "Claude on Azure",
    slug: "azure",
    protocol: "azure",
    upstreamId: "claude-haiku-4-5",
    path: /^\/azure\/anthropic\/v1\/messages$/,
    signs: true,
  },
  {
    name: "Cohere",
    slug: "cohere",
    protocol: "cohere",
    upstreamId: "command-a-reasoning-08-2025",
    path: /^\/cohere\/v2\/chat$/,
  },
];

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const user = (content: string) => ({ role: "user", content });

describe.each(PLAYERS)("$name, played in its own protocol", ({ slug, protocol, upstreamId, path, signs, schemas }) => {
  /** The built request and what the sandbox answers, read by the adapter that reads the real one. */
  async function ask(given: Record<string, unknown>, stream: boolean, fault?: string) {
    const { adapter: general, connections } = accessOf(slug, protocol);
    const [{ baseUrl, apiKey, settings }] = connections;
    const adapter = general.forModel?.(upstreamId) ?? general;
    const target: AdapterTarget = {
      ...PLAIN_TARGET,
      providerSlug: slug,
      upstreamId,
      baseUrl,
      apiKey,
      settings,
      reasoning: EFFORTS,
      supportedParameters: new Set(
        ["tools", "tool_choice", "response_format", "stop", "reasoning", "max_tokens"].concat(
          schemas ? ["structured_outputs"] : [],
        ),
      ),
    };
    const request = chatRequestSchema.parse(given);
    const { url, headers, body } = adapter.buildRequest({
      request,
      target,
      stream,
      maxTokens: 4_000,
      betaFeatures: [],
    });
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, ...(fault === undefined ? {} : { "x-sandbox-fault": fault }) },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { adapter, url: url.slice(sandbox.running().baseUrl.length), response, bytes };
  }

  async function answerTo(given: Record<string, unknown>, stream: boolean) {
    const { adapter, url, response, bytes } = await ask(given, stream);
    expect(response.status, bytes.toString()).toBe(200);
    if (!stream) return foldAnswer(adapter.decodeBody(JSON.parse(bytes.toString())));
    expect(url).toMatch(path);
    return foldAnswer(decodeAll(adapter, eventsOf(bytes, adapter.framing === "event-stream")));
  }

  test.each([true, false])("says what it should (streamed: %s)", async (stream) => {
    const answer = await answerTo({ messages: [user("Say exactly: Guten Tag, Zürich 🚂")] }, stream);
    expect(answer).toMatchObject({ content: "Guten Tag, Zürich 🚂", finishReason: "stop", toolCalls: [] });
    expect(answer.usage?.promptTokens).toBeGreaterThan(0);
    expect(answer.usage?.completionTokens).toBeGreaterThan(0);
  });

  test.each([true, false])("calls, thinks and goes on with results (streamed: %s)", async (stream) => {
    const question = user("What is the weather in Lisbon?");
    const thinking = { reasoning: { effort: "high" }, tools: [WEATHER] };
    const first = await answerTo({ messages: [question], ...thinking }, stream);
    expect(first.finishReason).toBe("tool_calls");
    expect(first.toolCalls.map(({ name, arguments: text }) => [name, JSON.parse(text)])).toEqual([
      ["get_weather", { city: "Lisbon" }],
    ]);
    expect(first.reasoning).not.toBe("");
    if (signs) expect(first.reasoningDetails.some(({ signature }) => signature)).toBe(true);

    const [call] = first.toolCalls;
    const second = await answerTo(
      {
        messages: [
          question,
          {
            role: "assistant",
            content: first.content,
            reasoning_details: joined(first.reasoningDetails),
            tool_calls: [
              { id: call?.id, type: "function", function: { name: call?.name, arguments: call?.arguments } },
            ],
          },
          { role: "tool", tool_call_id: call?.id, content: '{"degrees": 21}' },
        ],
        ...thinking,
      },
      stream,
    );
    expect(second.content).toContain("21");
    expect(second.finishReason).toBe("stop");
  });

  test("gives an answer that fits a schema", async () => {
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const response_format = { type: "json_schema", json_schema: { name: "place", schema } };
    const { content } = await answerTo({ messages: [user("Where is Lisbon?")], response_format }, true);
    expect(JSON.parse(content)).toEqual({ city: expect.any(String) });
  });

  test("refuses and breaks off in its own words", async () => {
    const messages = [user("Say exactly: one two three four five six")];
    const refused = await ask({ messages }, true, "status=429, retry-after=7");
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get("retry-after")).toBe("7");
    expect(refused.adapter.decodeFailure(429, refused.bytes.toString())).toMatchObject({
      status: 429,
      message: expect.stringMatching(/\w{4}/),
    });

    const broken = await ask({ messages }, true, "status=503, after=1");
    const framing = broken.adapter.framing === "event-stream";
    expect(
      failureThrownBy(() => decodeAll(broken.adapter, eventsOf(broken.bytes, framing))).status,
    ).toBeGreaterThanOrEqual(500);
    const garbled = await ask({ messages }, true, "garbage=1");
    const error = errorThrownBy(() => decodeAll(garbled.adapter, eventsOf(garbled.bytes, framing)));
    expect(error).not.toBeInstanceOf(UpstreamError);
  });
});

test.each(["gemini-embedding-001", "gemini-embedding-2"])("Vertex AI embeds with %s", async (upstreamId) => {
  const { adapter: general, connections } = accessOf("google-vertex", "vertex");
  const task: Task = {
    kind: "embeddings",
    inputs: [{ kind: "text", text: "a signal box" }],
    dimensions: 8,
    inputType: "query",
    user: undefined,
  };
  const adapter = taskAdapterOf(general.forModel?.(upstreamId) ?? general, task);
  const [{ baseUrl, apiKey, settings }] = connections;
  const { url, headers, body } = adapter.buildRequest({
    request: chatRequestSchema.parse({ messages: [user("x")] }),
    target: { ...PLAIN_TARGET, upstreamId, baseUrl, apiKey, settings },
    stream: false,
    maxTokens: undefined,
    betaFeatures: [],
  });
  const response = await fetch(url, { method: "POST", headers, body });
  const [chunk] = adapter.decodeBody(await response.json());
  expect(chunk?.result).toMatchObject({ kind: "embeddings", vectors: [expect.any(Array)] });
  expect(chunk?.usage?.promptTokens).toBeGreaterThan(0);
});

/** Details as a client gives them back: pieces of one are one. */
function joined(details: ReturnType<typeof foldAnswer>["reasoningDetails"]) {
  const byIndex = new Map<unknown, (typeof details)[number]>();
  for (const detail of details) {
    const known = byIndex.get(detail.index);
    byIndex.set(
      detail.index,
      known === undefined ? detail : { ...known, ...detail, text: `${known.text ?? ""}${detail.text ?? ""}` },
    );
  }
  return [...byIndex.values()];
}

function eventsOf(bytes: Uint8Array, isBinary: boolean): StreamEvent[] {
  const parser = isBinary ? createEventStreamParser() : createSseParser();
  return [...parser.push(bytes), ...parser.end()];
}

function accessOf(slug: string, protocol: Protocol) {
  const fact: ProviderFact = { slug, protocol, name: slug, kind: "hosted", dataPolicy: null, keyVariables: [] };
  const access = buildSandboxAccess([fact], sandbox.running().baseUrl).get(slug);
  if (access === undefined) throw new Error(`${slug} is not played`);
  return access;
}
