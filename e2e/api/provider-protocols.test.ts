import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { type Recorded, type RecordedAnswer, type Recorder, startRecorder } from "@/e2e/fixtures/start-recorder";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { anthropicRequestSchema, geminiRequestSchema, openAiRequestSchema } from "@/lib/testing/wire-requests";
import { bedrockRequestSchema } from "@/lib/testing/wire-requests-bedrock";
import { cohereRequestSchema } from "@/lib/testing/wire-requests-cohere";
import { chatBody } from "./protocols";
import { CHAT, complete, refusalOf, stream } from "./read-answers";

// One provider for each protocol and way to it. They answer with the fixtures of the adapters, which are wire bytes in
// each vendor's own form; what they are sent must be valid in it.
type ProviderCase = {
  name: string;
  provider: string;
  model: string;
  fixtures: string;
  /** Of a stream, and of a whole answer where that is another one. */
  path: RegExp;
  wholePath?: RegExp;
  authorization: (headers: Recorded["headers"]) => unknown;
  /** What it must be. */
  authorized: unknown;
  schema: z.ZodType;
};

const bearer = (headers: Recorded["headers"]) => headers.authorization;
/** Anthropic's protocol where the model is in the address, and the version in the body. */
const vertexMessages = z
  .looseObject({ anthropic_version: z.literal("vertex-2023-10-16"), model: z.undefined().optional() })
  .transform(({ anthropic_version: _, ...body }) => ({ ...body, model: "in the address" }))
  .pipe(anthropicRequestSchema);

const CASES: readonly ProviderCase[] = [
  {
    name: "OpenAI",
    provider: "openai",
    model: "openai/gpt-4o-mini",
    fixtures: "openai",
    path: /^\/openai\/v1\/chat\/completions$/,
    authorization: bearer,
    authorized: "Bearer key-of-openai",
    schema: openAiRequestSchema,
  },
  {
    name: "Anthropic",
    provider: "anthropic",
    model: "anthropic/claude-haiku-4.5",
    fixtures: "anthropic",
    path: /^\/anthropic\/v1\/messages$/,
    authorization: (headers) => headers["x-api-key"],
    authorized: "key-of-anthropic",
    schema: anthropicRequestSchema,
  },
  {
    name: "Gemini",
    provider: "google-ai-studio",
    model: "google/gemini-2.5-flash",
    fixtures: "gemini",
    path: /^\/gemini\/v1beta\/models\/gemini-2\.5-flash:streamGenerateContent\?alt=sse$/,
    wholePath: /:generateContent$/,
    authorization: (headers) => headers["x-goog-api-key"],
    authorized: "key-of-google",
    schema: geminiRequestSchema,
  },
  {
    name: "Gemini on Vertex AI",
    provider: "google-vertex",
    model: "google/gemini-2.5-flash",
    fixtures: "gemini",
    path: /^\/vertex\/v1\/projects\/signals\/locations\/us-central1\/publishers\/google\/models\/gemini-2\.5-flash:streamGenerateContent\?alt=sse$/,
    wholePath: /:generateContent$/,
    authorization: bearer,
    authorized: "Bearer ya29.token-of-vertex",
    schema: geminiRequestSchema,
  },
  {
    name: "Anthropic on Vertex AI",
    provider: "google-vertex",
    model: "anthropic/claude-haiku-4.5",
    fixtures: "anthropic",
    path: /^\/vertex\/v1\/projects\/signals\/locations\/us-central1\/publishers\/anthropic\/models\/claude-haiku-4-5@20251001:streamRawPredict$/,
    wholePath: /:rawPredict$/,
    authorization: bearer,
    authorized: "Bearer ya29.token-of-vertex",
    schema: vertexMessages,
  },
  {
    name: "Bedrock",
    provider: "amazon-bedrock",
    model: "anthropic/claude-sonnet-4.5",
    fixtures: "bedrock",
    path: /^\/bedrock\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%3A0\/converse-stream$/,
    wholePath: /\/converse$/,
    authorization: bearer,
    authorized: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/bedrock\/aws4_request/,
    ),
    schema: bedrockRequestSchema,
  },
  {
    name: "Azure",
    provider: "azure",
    model: "openai/gpt-4o-mini",
    fixtures: "openai",
    path: /^\/azure\/openai\/deployments\/mini\/chat\/completions\?api-version=2024-10-21$/,
    authorization: (headers) => headers["api-key"],
    authorized: "key-of-azure",
    schema: openAiRequestSchema,
  },
  {
    name: "Cohere",
    provider: "cohere",
    model: "cohere/command-a",
    fixtures: "cohere",
    path: /^\/cohere\/v2\/chat$/,
    authorization: bearer,
    authorized: "Bearer key-of-cohere",
    schema: cohereRequestSchema,
  },
  {
    name: "OpenRouter, for a model that nobody else here serves",
    provider: "openrouter",
    model: "x-ai/grok-4.3",
    fixtures: "openai",
    path: /^\/openrouter\/v1\/chat\/completions$/,
    authorization: bearer,
    authorized: "Bearer key-of-openrouter",
    schema: openAiRequestSchema,
  },
  {
    name: "Ollama",
    provider: "ollama",
    model: "ollama/llama3.2",
    fixtures: "openai",
    path: /^\/ollama\/v1\/chat\/completions$/,
    authorization: bearer,
    authorized: undefined,
    schema: openAiRequestSchema,
  },
];

const CONTENT_TYPES: Record<string, string> = {
  sse: "text/event-stream",
  eventstream: "application/vnd.amazon.eventstream",
  json: "application/json",
};

/** What the next requests get: a fixture, whole or streamed as they ask, or this. */
let answering: { fixture: string; pieceBytes?: number } | RecordedAnswer | "quoting" = { fixture: "text" };

function answerOf(request: Recorded): RecordedAnswer {
  const { path, body } = request;
  const json = (value: unknown): RecordedAnswer => ({ contentType: "application/json", body: JSON.stringify(value) });
  if (path === "/token") return json({ access_token: "ya29.token-of-vertex", expires_in: 3_600 });
  if (path === "/ollama/api/tags") return json({ models: [{ name: "llama3.2:latest", digest: "d" }] });
  if (path === "/ollama/api/show") {
    return json({ capabilities: ["completion", "tools"], model_info: { "llama.context_length": 131_072 } });
  }
  if (path === "/lever.jpg") return { contentType: "text/html", body: Buffer.from("iVBORw0KGgo=", "base64") };
  if (answering === "quoting") return { ...json(quotingRefusal(request)), status: 401 };
  if ("contentType" in answering) return answering;
  const known = CASES.find((one) => one.path.test(path) || one.wholePath?.test(path));
  if (known === undefined) return { ...json({ error: { message: `nothing at ${path}` } }), status: 404 };
  const isStream = known.wholePath === undefined ? /"stream":true/.test(body) : known.path.test(path);
  const { extension, bytes } = fixtureOf(known.fixtures, answering.fixture, isStream);
  const { pieceBytes } = answering;
  return {
    contentType: CONTENT_TYPES[extension] ?? "",
    body: bytes,
    ...(isStream && pieceBytes !== undefined ? { pieceBytes } : {}),
  };
}

/** A refusal, in the words of any protocol, that says again who asked. */
function quotingRefusal({ headers }: Recorded) {
  const names = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];
  const message = `You are not welcome with ${names.flatMap((name) => headers[name] ?? []).join(" and ")}`;
  return { type: "error", message, error: { message, type: "nobody" } };
}

function fixtureOf(folder: string, name: string, isStream: boolean): { extension: string; bytes: Uint8Array } {
  const directory = `lib/providers/${folder}/__fixtures__`;
  const file = readdirSync(directory).find(
    (entry) => entry.startsWith(`${name}.`) && isStream !== entry.endsWith(".json"),
  );
  if (file === undefined) throw new Error(`no fixture ${name} of ${folder}`);
  return { extension: file.slice(file.lastIndexOf(".") + 1), bytes: readFileSync(`${directory}/${file}`) };
}

let recorder: Recorder;
let secret: Recorder;
let server: RunningServer;

beforeAll(async () => {
  recorder = await startRecorder(answerOf);
  secret = await startRecorder(() => ({ contentType: "text/plain", body: "nothing of yours" }));
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const account = {
    type: "service_account",
    project_id: "signals",
    private_key: privateKey,
    client_email: "box@signals.iam.gserviceaccount.com",
    token_uri: `${recorder.url}/token`,
    region: "us-central1",
  };
  server = await startServer({
    env: {
      OPENAI_API_KEY: "key-of-openai",
      OPENAI_BASE_URL: `${recorder.url}/openai/v1`,
      ANTHROPIC_API_KEY: "key-of-anthropic",
      ANTHROPIC_BASE_URL: `${recorder.url}/anthropic`,
      GEMINI_API_KEY: "key-of-google",
      GOOGLE_AI_STUDIO_BASE_URL: `${recorder.url}/gemini`,
      GOOGLE_VERTEX_API_KEY: JSON.stringify(account),
      GOOGLE_VERTEX_BASE_URL: `${recorder.url}/vertex`,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      AWS_REGION: "us-east-1",
      AMAZON_BEDROCK_BASE_URL: `${recorder.url}/bedrock`,
      AZURE_API_KEY: "key-of-azure",
      AZURE_BASE_URL: `${recorder.url}/azure`,
      AZURE_API_VERSION: "2024-10-21",
      AZURE_DEPLOYMENTS: "gpt-4o-mini=mini",
      COHERE_API_KEY: "key-of-cohere",
      COHERE_BASE_URL: `${recorder.url}/cohere`,
      OPENROUTER_API_KEY: "key-of-openrouter",
      OPENROUTER_BASE_URL: `${recorder.url}/openrouter/v1`,
      OLLAMA_BASE_URL: `${recorder.url}/ollama`,
      FETCH_ALLOW_HOSTS: `127.0.0.1:${recorder.port}`,
    },
  });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([recorder.close(), secret.close()]);
});

beforeEach(() => {
  answering = { fixture: "text" };
  recorder.requests.length = 0;
});

const TOOLS = [
  {
    type: "function",
    function: { name: "get_weather", description: "d", parameters: { type: "object", properties: { city: {} } } },
  },
  { type: "function", function: { name: "get_time", parameters: { type: "object", properties: {} } } },
];

describe.each(CASES)("$name", ({ provider, model, path, wholePath, authorization, authorized, schema }) => {
  const body = (extra: Record<string, unknown> = {}) => chatBody(model, { provider: { only: [provider] }, ...extra });
  const sent = () => {
    const request = recorder.requests.find(({ path: asked }) => path.test(asked) || wholePath?.test(asked));
    if (request === undefined) throw new Error(`asked for ${recorder.requests.map((one) => one.path).join(", ")}`);
    return request;
  };

  test("is asked as its own clients ask, and only with its own key", async () => {
    await stream(server, body({ temperature: 0.5, stop: ["END"], max_tokens: 50, tools: TOOLS }));
    const request = sent();
    expect(request.path).toMatch(path);
    expect(authorization(request.headers)).toEqual(authorized);
    expect(schema.safeParse(JSON.parse(request.body)).error?.issues ?? []).toEqual([]);
    expect(JSON.stringify(request)).not.toContain(server.key);
  });

  test.each([undefined, 1, 7])("streams its answer to the character, in packets of %s bytes", async (pieceBytes) => {
    answering = { fixture: "text", ...(pieceBytes === undefined ? {} : { pieceBytes }) };
    const chunks = await stream(server, body());
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
    expect(text).toBe("Signal boxes – héllo 🚂 – keep trains apart.");
    expect(chunks.at(-1)?.usage).toMatchObject({
      prompt_tokens: 21,
      completion_tokens: 9,
      prompt_tokens_details: { cached_tokens: 8 },
    });
  });

  test("gives a whole answer with the same counts", async () => {
    const { choices, usage } = await complete(server, body({ max_tokens: 100 }));
    expect(sent().path).toMatch(wholePath ?? path);
    expect(choices[0]?.message.content).toBe("Signal boxes – héllo 🚂 – keep trains apart.");
    expect(usage).toMatchObject({ prompt_tokens: 21, completion_tokens: 9 });
  });

  test("gives parallel calls, their arguments to the character", async () => {
    answering = { fixture: "parallel-tool-calls", pieceBytes: 3 };
    const chunks = await stream(server, body({ tools: TOOLS }));
    const calls: { name: string; arguments: string }[] = [];
    for (const call of chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])) {
      const known = calls[call.index];
      if (known === undefined)
        calls[call.index] = { name: call.function.name ?? "", arguments: call.function.arguments ?? "" };
      else known.arguments += call.function.arguments ?? "";
    }
    expect(calls.map((call) => ({ ...call, arguments: JSON.parse(call.arguments) }))).toEqual([
      { name: "get_weather", arguments: { city: "Zürich", unit: "c" } },
      { name: "get_time", arguments: { zone: "Europe/Zurich" } },
    ]);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("tool_calls");
  });

  test("gives what it thought, apart from what it said", async () => {
    answering = { fixture: "reasoning" };
    const chunks = await stream(server, body());
    const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta ?? []);
    expect(deltas.map(({ reasoning }) => reasoning ?? "").join("")).toBe(
      "The line is single track. So one of them waits.",
    );
    expect(deltas.map(({ content }) => content ?? "").join("")).toBe("One train waits.");
  });
});

test("one key makes the whole catalog real, and is asked last where others serve", async () => {
  const { json } = await callApi(server, "/models/openai/gpt-4o-mini/endpoints");
  const { data } = z.object({ data: z.object({ endpoints: z.array(z.looseObject({ tag: z.string() })) }) }).parse(json);
  expect(data.endpoints.map(({ tag }) => tag)).toContain("openrouter");

  answering = { status: 500, contentType: "application/json", body: JSON.stringify({ error: { message: "down" } }) };
  await callApi(server, CHAT, { body: chatBody("openai/gpt-4o-mini") });
  const asked = recorder.requests.map(({ path }) => path.split("/")[1]);
  expect(asked.at(-1)).toBe("openrouter");
  expect(asked.length).toBeGreaterThan(1);
});

test("models of a local server are listed at price 0", async () => {
  const { json } = await callApi(server, "/models");
  const listed = z
    .object({ data: z.array(z.looseObject({ id: z.string(), pricing: z.looseObject({ prompt: z.string() }) })) })
    .parse(json);
  const local = listed.data.find(({ id }) => id === "ollama/llama3.2");
  expect(local).toMatchObject({ context_length: 131_072, pricing: { prompt: "0", completion: "0" } });
});

describe("a picture by address", () => {
  const picture = (url: string) => [
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url } },
      ],
    },
  ];
  const BEDROCK = { provider: { only: ["amazon-bedrock"] } };

  test("is fetched for a provider that wants bytes, and named by its content", async () => {
    const messages = picture(`${recorder.url}/lever.jpg`);
    await complete(server, { ...chatBody("anthropic/claude-sonnet-4.5", BEDROCK), messages, max_tokens: 100 });
    const request = recorder.requests.find(({ path }) => path.includes("/converse"));
    expect(request?.body).toContain('{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}}');
    const fetched = recorder.requests.find(({ path }) => path === "/lever.jpg");
    expect(fetched?.headers.authorization).toBeUndefined();
  });

  test("goes as it is to a provider that opens addresses", async () => {
    const messages = picture("https://example.org/lever.jpg");
    await complete(server, { ...chatBody("openai/gpt-4o-mini", { provider: { only: ["openai"] } }), messages });
    expect(recorder.requests[0]?.body).toContain("https://example.org/lever.jpg");
  });

  test("on a private host is not asked for", async () => {
    const messages = picture(`${secret.url}/a.png`);
    const { status, metadata } = await refusalOf(server, CHAT, {
      body: { ...chatBody("anthropic/claude-sonnet-4.5", BEDROCK), messages },
    });
    expect(status).toBe(400);
    expect(metadata).toMatchObject({ error_type: "image_download_failed", field: "messages[0].content[1]" });
    expect(secret.requests).toHaveLength(0);
  });
});

describe("refusals", () => {
  const refused = (status: number, body: unknown) => {
    answering = { status, contentType: "application/json", body: JSON.stringify(body) };
  };
  test.each([
    {
      provider: "amazon-bedrock",
      model: "anthropic/claude-sonnet-4.5",
      status: 400,
      body: { message: "Input is too long for requested model." },
      error: { status: 400, type: "context_length_exceeded" },
    },
    {
      provider: "azure",
      model: "openai/gpt-4o-mini",
      status: 400,
      body: { error: { code: "content_filter", message: "The response was filtered", status: 400 } },
      error: { status: 403, type: "content_policy_violation" },
    },
    {
      provider: "cohere",
      model: "cohere/command-a",
      status: 429,
      body: { message: "trial token rate limit exceeded" },
      error: { status: 429, type: "rate_limit_exceeded" },
    },
    {
      provider: "google-vertex",
      model: "google/gemini-2.5-flash",
      status: 403,
      body: { error: { code: 403, status: "PERMISSION_DENIED", message: "token ya29.secret0123456789 has no access" } },
      error: { status: 502, type: "provider_unavailable" },
    },
    {
      provider: "anthropic",
      model: "anthropic/claude-haiku-4.5",
      status: 529,
      body: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
      error: { status: 502, type: "provider_unavailable" },
    },
  ])("$provider: $status becomes $error", async ({ provider, model, status, body, error }) => {
    refused(status, body);
    const answer = await refusalOf(server, CHAT, { body: chatBody(model, { provider: { only: [provider] } }) });
    expect(answer.status).toBe(error.status);
    expect(answer.metadata).toMatchObject({ error_type: error.type, raw: expect.stringMatching(/\w/) });
    expect(JSON.stringify(answer)).not.toMatch(/secret0123|key-of-|AKIDEXAMPLE|wJalr/);
  });
});

test.each(CASES)("$name: a key that the provider quotes goes no further", async ({ provider, model, authorized }) => {
  answering = "quoting";
  const asked = chatBody(model, { provider: { only: [provider] } });
  for (const stream of [false, true]) {
    const { status, text } = await callApi(server, CHAT, { body: { ...asked, stream } });
    expect(status, text).toBe(502);
    expect(text).toContain("You are not welcome");
    if (authorized !== undefined) expect(text).toContain("[removed]");
    expect(text).not.toMatch(/key-of-|ya29|AKIDEXAMPLE|wJalr/);
  }
});

test("no key is in what the server printed", () => {
  expect(server.output()).not.toMatch(/key-of-|wJalr|PRIVATE KEY|ya29/);
});
