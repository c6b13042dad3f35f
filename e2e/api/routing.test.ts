import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi } from "@/e2e/fixtures/call-api";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { chatCompletionSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { publicEndpointListSchema, publicModelSchema } from "@/lib/schemas/public-catalog";

const LLAMA = "meta-llama/llama-3.3-70b-instruct";
const KIMI = "moonshotai/kimi-k2-0905";

let server: RunningServer;
beforeAll(async () => {
  // With the sandbox on, every provider of the catalog can be called.
  server = await startServer();
});
afterAll(() => server.stop());

const excludedSchema = z.object({
  model: z.string(),
  provider: z.string(),
  endpoint: z.string(),
  rule: z.string(),
  reason: z.string().min(1),
  fix: z.string().min(1),
  rules: z.array(z.string()).optional(),
});
const refusalSchema = z.object({
  error: z.object({
    code: z.number(),
    message: z.string(),
    metadata: z.looseObject({ rule: z.string(), excluded: z.array(excludedSchema) }),
  }),
});

async function ask(body: object): Promise<ApiAnswer> {
  return callApi(server, "/chat/completions", {
    body: { model: LLAMA, messages: [{ role: "user", content: "Say hello" }], max_tokens: 20, ...body },
  });
}

async function generationOf(answer: ApiAnswer) {
  expect(answer.status, answer.text).toBe(200);
  const found = await callApi(server, `/generation?id=${answer.headers.get("x-generation-id")}`);
  return generationResponseSchema.parse(found.json).data;
}

async function endpointsOf(model: string) {
  const { json } = await callApi(server, `/models/${model}/endpoints`);
  return z.object({ data: publicEndpointListSchema }).parse(json).data.endpoints;
}

const video = (url: string) => [{ role: "user", content: [{ type: "video_url", video_url: { url } }] }];

describe("a rule that leaves nobody is a 404 that names it, with every endpoint's reason and fix", () => {
  test.each([
    { rule: "only", body: { provider: { only: ["nobody"] } }, message: /provider\.only/ },
    { rule: "order", body: { provider: { order: ["nobody"], allow_fallbacks: false } }, message: /fallbacks are off/ },
    { rule: "quantizations", body: { provider: { quantizations: ["int4"] } }, message: /quantization "int4"/ },
    { rule: "max_price", body: { provider: { max_price: { prompt: "0.0001" } } }, message: /under max_price/ },
    { rule: "max_price", body: { provider: { max_price: { output: 0.0001 } } }, message: /under max_price/ },
    {
      rule: "enforce_distillable_text",
      body: { model: "openai/gpt-4o", provider: { enforce_distillable_text: true } },
      message: /distillation/,
    },
    {
      rule: "tools",
      body: { model: "gryphe/mythomax-l2-13b", tool_choice: "auto" },
      message: /^No endpoints found that support tool use/,
    },
    {
      rule: "structured_outputs",
      body: {
        model: "anthropic/claude-3-haiku",
        response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } },
      },
      message: /structured outputs/,
    },
    { rule: "max_tokens", body: { max_tokens: 5_000_000 }, message: /5000000 tokens/ },
    {
      rule: "input_modalities",
      body: {
        messages: [{ role: "user", content: [{ type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }] }],
      },
      message: /audio input/,
    },
    { rule: "output_modalities", body: { modalities: ["image", "text"] }, message: /image output/ },
    {
      rule: "video_url",
      body: { model: "google/gemini-2.5-flash", messages: video("https://example.com/film.mp4") },
      message: /data URLs/,
    },
    {
      rule: "require_parameters",
      body: { model: "openai/gpt-5", provider: { require_parameters: true }, top_k: 3 },
      message: /every parameter/,
    },
  ])("$rule: $body", async ({ rule, body, message }) => {
    const answer = await ask(body);
    expect(answer.status, answer.text).toBe(404);
    const { error } = refusalSchema.parse(answer.json);
    expect(error).toMatchObject({ code: 404, message: expect.stringMatching(message), metadata: { rule } });
    const model = "model" in body && body.model !== undefined ? body.model : LLAMA;
    const tags = (await endpointsOf(model)).map(({ tag }) => tag).sort();
    expect(error.metadata.excluded.map(({ endpoint }) => endpoint).sort()).toEqual(tags);
    for (const { rule: first, rules = [first] } of error.metadata.excluded) expect(rules[0]).toBe(first);
  });

  test("too long a prompt is a 400, with the same reasons", async () => {
    const answer = await ask({
      model: "gryphe/mythomax-l2-13b",
      messages: [{ role: "user", content: "word ".repeat(40_000) }],
      // Contexts as small as this one's are compressed for otherwise.
      transforms: [],
    });
    expect(answer.status).toBe(400);
    expect(refusalSchema.parse(answer.json).error.metadata.excluded[0]).toMatchObject({ rule: "context_length" });
  });

  test("but another model of the list is used, and the route has the reasons", async () => {
    const answer = await ask({
      model: "gryphe/mythomax-l2-13b",
      models: [LLAMA],
      route: "fallback",
      messages: [{ role: "user", content: "word ".repeat(20_000) }],
    });
    const { model, route } = await generationOf(answer);
    expect(model).toBe(LLAMA);
    expect(new Set(route.excluded.filter((entry) => entry.model !== LLAMA).map((entry) => entry.rule))).toEqual(
      new Set(["context_length"]),
    );
  });

  test("a YouTube address is taken where others are not", async () => {
    const { route } = await generationOf(
      await ask({ model: "google/gemini-2.5-flash", messages: video("https://www.youtube.com/watch?v=dQw4w9WgXcQ") }),
    );
    expect(route.candidates.map(({ provider }) => provider)).toEqual(["Google AI Studio"]);
    expect(route.excluded.every(({ rule }) => rule === "video_url")).toBe(true);
  });
});

describe("orders", () => {
  test("price: the cheapest first, alone with its probability", async () => {
    const { route } = await generationOf(await ask({ provider: { sort: "price" } }));
    expect(route.strategy).toBe("price");
    const scores = route.candidates.map(({ score }) => score ?? 0);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(route.candidates.map(({ probability }) => probability).slice(0, 2)).toEqual([1, 0]);
  });

  test.each([
    { name: "sort.partition none", extra: { provider: { sort: { by: "price", partition: "none" } } }, mixed: true },
    { name: "route sort", extra: { route: "sort", provider: { sort: "price" } }, mixed: true },
    { name: "sort.partition model", extra: { provider: { sort: { by: "price", partition: "model" } } }, mixed: false },
    { name: "route fallback", extra: { route: "fallback", provider: { sort: "price" } }, mixed: false },
  ])("$name over two models", async ({ extra, mixed }) => {
    const { route } = await generationOf(await ask({ models: ["openai/gpt-oss-120b"], ...extra }));
    const models = route.candidates.map(({ model }) => model);
    const changes = models.filter((model, index) => index > 0 && model !== models[index - 1]).length;
    expect(changes > 1).toBe(mixed);
  });

  test("load balancing tells each one's probability", async () => {
    const { route } = await generationOf(await ask({ models: ["openai/gpt-oss-120b"] }));
    expect(route.strategy).toBe("load_balance");
    const sumOf = (model: string) =>
      route.candidates.reduce((sum, entry) => sum + (entry.model === model ? (entry.probability ?? 0) : 0), 0);
    expect(sumOf(LLAMA)).toBeCloseTo(1, 4);
    expect(sumOf("openai/gpt-oss-120b")).toBe(0);
  });

  test("without fallbacks one endpoint is left, and the others say why", async () => {
    const { route } = await generationOf(await ask({ provider: { allow_fallbacks: false, sort: "price" } }));
    expect(route.candidates).toHaveLength(1);
    expect(new Set(route.excluded.map(({ rule }) => rule))).toEqual(new Set(["order"]));
  });
});

describe("variants", () => {
  const chatOf = async (body: object) => {
    const answer = await ask(body);
    const { route } = await generationOf(answer);
    return { route, model: chatCompletionSchema.parse(answer.json).model };
  };

  test("nitro and floor sort, and what the request says itself wins", async () => {
    expect((await chatOf({ model: `${LLAMA}:nitro` })).route.strategy).toBe("throughput");
    expect((await chatOf({ model: `${LLAMA}:floor` })).route.strategy).toBe("price");
    expect((await chatOf({ model: `${LLAMA}:nitro`, provider: { sort: "price" } })).route.strategy).toBe("price");
    expect((await chatOf({ model: `${LLAMA}:floor`, provider: { order: ["groq"] } })).route.strategy).toBe("order");
  });

  test("free is a model of its own, together with others too", async () => {
    for (const model of ["openai/gpt-oss-20b:free", "openai/gpt-oss-20b:free:nitro"]) {
      const chat = await chatOf({ model });
      expect(chat.model).toBe("openai/gpt-oss-20b:free");
      expect(chat.route.candidates.length).toBeGreaterThan(0);
    }
  });

  test("exacto keeps to the curated endpoints, whatever else is asked", async () => {
    const base = (await endpointsOf(KIMI)).map(({ tag }) => tag);
    const curated = (await endpointsOf("openai/gpt-oss-120b:exacto")).map(({ tag }) => tag);
    expect(curated.length).toBeGreaterThan(0);
    expect(curated.length).toBeLessThan((await endpointsOf("openai/gpt-oss-120b")).length);
    const { route, model } = await chatOf({ model: "openai/gpt-oss-120b:exacto", provider: { sort: "price" } });
    expect(model).toBe("openai/gpt-oss-120b:exacto");
    expect(route.candidates.map(({ endpoint }) => endpoint).sort()).toEqual([...curated].sort());
    expect(base.length).toBeGreaterThan(0);
    // As a fallback it keeps to them as well.
    const listed = await chatOf({ models: ["openai/gpt-oss-120b:exacto"], provider: { sort: "price" } });
    const second = listed.route.candidates.filter((entry) => entry.model.endsWith(":exacto"));
    expect(second.map(({ endpoint }) => endpoint).sort()).toEqual([...curated].sort());
  });

  test("extended keeps to the endpoints with the longest context", async () => {
    const endpoints = await endpointsOf("anthropic/claude-sonnet-4");
    const longest = Math.max(...endpoints.map(({ context_length }) => context_length));
    const expected = endpoints.filter(({ context_length }) => context_length === longest).map(({ tag }) => tag);
    const { route, model } = await chatOf({ model: "anthropic/claude-sonnet-4:extended" });
    expect(model).toBe("anthropic/claude-sonnet-4");
    expect(route.candidates.map(({ endpoint }) => endpoint).sort()).toEqual(expected.sort());
  });

  test("thinking reasons on a model that can, and is unknown on one that cannot", async () => {
    const answer = await ask({ model: "anthropic/claude-sonnet-4:thinking", max_tokens: 3_000 });
    expect(answer.status, answer.text).toBe(200);
    expect(chatCompletionSchema.parse(answer.json).choices[0]?.message.reasoning).toBeTruthy();
    const refused = await ask({ model: "openai/gpt-4o:thinking" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("is not a valid model ID");
  });

  test.each([
    {
      model: "openai/gpt-4o:turbo",
      says: ['no variant \\":turbo\\"', ":free, :exacto, :nitro, :floor, :online, :thinking, :extended"],
    },
    { model: "openai/gpt-4o:free", says: ['openai/gpt-4o has no variant \\":free\\"', ":nitro"] },
  ])("$model is a 400 that names the known ones", async ({ model, says }) => {
    const answer = await ask({ model });
    expect(answer.status).toBe(400);
    for (const words of [`${model} is not a valid model ID`, ...says]) expect(answer.text).toContain(words);
  });

  test("in a list, what means nothing is skipped with a notice", async () => {
    const { route, model } = await chatOf({ model: "openai/gpt-4o:turbo", models: [LLAMA] });
    expect(model).toBe(LLAMA);
    expect(route.notices[0]).toContain("openai/gpt-4o:turbo is not a valid model ID");
  });
});

test("an alias for the newest of a family is answered by it", async () => {
  const { json } = await callApi(server, "/model/~anthropic/claude-sonnet-latest");
  const alias = z.object({ data: publicModelSchema }).parse(json).data;
  const newest = alias.alias_target?.slug ?? "";
  const answer = await ask({ model: "~anthropic/claude-sonnet-latest" });
  expect(answer.status, answer.text).toBe(200);
  const { model } = chatCompletionSchema.parse(answer.json);
  expect(model).toMatch(/^anthropic\/claude-sonnet-/);
  if (newest !== "") expect(model).toBe(newest);
});

test("bare names mean the one model that has them", async () => {
  const answer = await ask({ model: "gpt-4o" });
  expect(chatCompletionSchema.parse(answer.json).model).toBe("openai/gpt-4o");
});
