import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";
import { jsonSchemaOutputFormat } from "@anthropic-ai/sdk/helpers/json-schema";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ClientServer, FAILING, startClientServer, WEATHER_PARAMETERS } from "./client-server";
import { MODELS } from "./protocols";

let running: ClientServer;
let client: Anthropic;

beforeAll(async () => {
  running = await startClientServer({ MAX_BODY_MB: "1" });
  client = anthropic(running.key);
});

afterAll(() => running.stop());

beforeEach(() => running.sandbox.faults.clear());

/** What a coding agent does with `ANTHROPIC_BASE_URL` and `ANTHROPIC_AUTH_TOKEN`. */
function anthropic(authToken: string): Anthropic {
  return new Anthropic({ baseURL: `${running.server.url}/api`, authToken, apiKey: null, maxRetries: 0 });
}

const say = (text: string) => [{ role: "user" as const, content: `Say exactly: ${text}` }];
const WEATHER: Anthropic.Tool = {
  name: "get_weather",
  description: "The weather in a city",
  input_schema: { ...WEATHER_PARAMETERS, required: ["city"] },
};
const QUESTION: Anthropic.MessageParam = { role: "user", content: "What is the weather in Lisbon?" };
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

const textOf = ({ content }: Anthropic.Message) =>
  content.map((block) => (block.type === "text" ? block.text : "")).join("");
const callsOf = ({ content }: Anthropic.Message) => content.filter((block) => block.type === "tool_use");
const resultsOf = (message: Anthropic.Message): Anthropic.MessageParam => ({
  role: "user",
  content: callsOf(message).map(({ id }) => ({ type: "tool_result", tool_use_id: id, content: '{"degrees": 21}' })),
});

// The sandbox says in its answer what a tool gave it.
const TOLD_RESULT = /`get_weather` returned: .*21/;

describe.each(MODELS)("@anthropic-ai/sdk with $model", ({ model }) => {
  const common = { model, max_tokens: 4_000 };

  test("reads a message", async () => {
    const { data, request_id } = await client.messages.create({ ...common, messages: say("Guten Tag") }).withResponse();

    expect(data).toMatchObject({ type: "message", role: "assistant", model, stop_reason: "end_turn" });
    // Of the three one thinks unasked.
    expect(data.content).toContainEqual({ type: "text", text: "Guten Tag", citations: null });
    expect(textOf(data)).toBe("Guten Tag");
    expect(data.usage.input_tokens).toBeGreaterThan(0);
    expect(data.usage.output_tokens).toBeGreaterThan(0);
    expect(request_id).toBe(data.id);
  });

  test("reads a stream, event by event and with the helper", async () => {
    const events: string[] = [];
    const stream = client.messages.stream({ ...common, messages: say("one two three four five") });
    stream.on("streamEvent", ({ type }) => events.push(type));
    const message = await stream.finalMessage();

    expect(textOf(message)).toBe("one two three four five");
    expect(message.usage.output_tokens).toBeGreaterThan(0);
    expect(events.slice(0, 3)).toEqual(["message_start", "content_block_start", "content_block_delta"]);
    expect(events.slice(-3)).toEqual(["content_block_stop", "message_delta", "message_stop"]);
  });

  test("holds a conversation with tools, streamed and not", async () => {
    const first = await client.messages.create({
      ...common,
      messages: [QUESTION],
      tools: [WEATHER],
      tool_choice: { type: "any" },
    });
    expect(first.stop_reason).toBe("tool_use");
    expect(callsOf(first)).toMatchObject([{ name: "get_weather", input: { city: "Lisbon" } }]);

    const turns: Anthropic.MessageParam[] = [QUESTION, { role: "assistant", content: first.content }, resultsOf(first)];
    const second = await client.messages.create({ ...common, messages: turns, tools: [WEATHER] });
    expect(textOf(second)).toMatch(TOLD_RESULT);

    const stream = client.messages.stream({
      ...common,
      messages: [...turns, { role: "assistant", content: second.content }, QUESTION],
      tools: [WEATHER],
      tool_choice: { type: "tool", name: "get_weather" },
    });
    expect(callsOf(await stream.finalMessage())).toMatchObject([{ name: "get_weather", input: { city: "Lisbon" } }]);
  });

  test("runs tools for an agent until it has its answer", async () => {
    const asked: string[] = [];
    const runner = client.beta.messages.toolRunner({
      ...common,
      max_iterations: 4,
      messages: [{ role: "user", content: "What is the weather in Lisbon?" }],
      stream: true,
      tools: [
        betaTool({
          name: "get_weather",
          description: "The weather in a city",
          inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
          run: ({ city }) => {
            asked.push(city);
            return '{"degrees": 21}';
          },
        }),
      ],
    });
    const last = await runner;

    expect(asked).toEqual(["Lisbon"]);
    expect(last.stop_reason).toBe("end_turn");
    expect(last.content.some((block) => block.type === "text" && block.text !== "")).toBe(true);
  });

  test("takes what a coding agent sends, for several turns", async () => {
    const mark = { type: "ephemeral" as const };
    const session = (messages: Anthropic.Beta.BetaMessageParam[]) =>
      client.beta.messages
        .stream({
          model,
          max_tokens: 32_000,
          betas: ["claude-code-20250219", "interleaved-thinking-2025-05-14", "context-management-2025-06-27"],
          system: [
            { type: "text", text: "You are an agent that works in a terminal.", cache_control: mark },
            { type: "text", text: "# Environment\nPlatform: linux", cache_control: mark },
          ],
          thinking: { type: "enabled", budget_tokens: 4_000 },
          context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] },
          metadata: { user_id: "user_1_account__session_2" },
          tools: [
            {
              name: "get_weather",
              description: "The weather in a city",
              input_schema: {
                ...WEATHER_PARAMETERS,
                required: ["city"],
                $schema: "https://json-schema.org/draft/2020-12/schema",
              },
            },
            {
              name: "Edit",
              description: "Changes a file",
              input_schema: { type: "object", properties: {} },
              cache_control: mark,
            },
          ],
          messages,
        })
        .finalMessage();
    const turns: Anthropic.Beta.BetaMessageParam[] = [
      {
        role: "user",
        content: [
          { type: "text", text: "<system-reminder>Be careful.</system-reminder>" },
          { type: "text", text: "What is the weather in Lisbon?", cache_control: mark },
        ],
      },
    ];
    const first = await session(turns);
    const calls = first.content.filter((block) => block.type === "tool_use");
    expect(calls).toMatchObject([{ name: "get_weather", input: { city: "Lisbon" } }]);

    turns.push({ role: "assistant", content: first.content });
    turns.push({
      role: "user",
      content: calls.map(({ id }) => ({
        type: "tool_result",
        tool_use_id: id,
        is_error: true,
        content: [{ type: "text", text: "Exit code 1", cache_control: mark }],
      })),
    });
    const second = await session(turns);
    expect(second.stop_reason).toBe("end_turn");

    turns.push({ role: "assistant", content: second.content }, { role: "user", content: "Say exactly: done" });
    const third = await session(turns);
    expect(third.content.flatMap((block) => (block.type === "text" ? block.text : [])).join("")).toBe("done");
    expect(third.usage.input_tokens + (third.usage.cache_read_input_tokens ?? 0)).toBeGreaterThan(
      first.usage.input_tokens,
    );
  });

  test("gets an answer that fits a JSON schema", async () => {
    const message = await client.messages.parse({
      ...common,
      messages: [{ role: "user", content: "Where is Lisbon?" }],
      output_config: { format: jsonSchemaOutputFormat(WEATHER_PARAMETERS) },
    });

    expect(message.parsed_output).toEqual({ city: expect.any(String) });
  });

  test("sends a picture, in the body and as a tool's result", async () => {
    const image: Anthropic.ImageBlockParam = {
      type: "image",
      source: { type: "base64", media_type: "image/png", data: PIXEL },
    };
    const seen = await client.messages.create({
      ...common,
      messages: [{ role: "user", content: [{ type: "text", text: "What is in the picture?" }, image] }],
    });
    expect(textOf(seen)).toMatch(/image|picture/i);

    const call = { type: "tool_use" as const, id: "toolu_1", name: "get_weather", input: { city: "Lisbon" } };
    const answered = await client.messages.create({
      ...common,
      tools: [WEATHER],
      messages: [
        QUESTION,
        { role: "assistant", content: [call] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: [image] }] },
      ],
    });
    // Where results hold texts alone, the picture comes beside it.
    expect(textOf(answered)).toMatch(/`get_weather` returned: |With it came an image/);
  });

  test("counts tokens without asking anybody", async () => {
    const short = await client.messages.countTokens({ model, messages: [{ role: "user", content: "Hello" }] });
    const long = await client.messages.countTokens({
      model,
      system: "You are a signalman of long experience.",
      messages: [{ role: "user", content: "Hello" }],
      tools: [WEATHER],
    });
    expect(short.input_tokens).toBeGreaterThan(0);
    expect(long.input_tokens).toBeGreaterThan(short.input_tokens + 10);
  });
});

describe("thinking", () => {
  const thinkers = [{ model: "anthropic/claude-haiku-4.5" }, { model: "google/gemini-2.5-flash" }];
  const thinking = { type: "enabled" as const, budget_tokens: 2_000 };

  test.each(thinkers)("of $model goes back and forth with its signatures, tools between", async ({ model }) => {
    const common = { model, max_tokens: 6_000, thinking, tools: [WEATHER] };
    const first = await client.messages.stream({ ...common, messages: [QUESTION] }).finalMessage();
    const [thought] = first.content;
    expect(thought).toMatchObject({ type: "thinking", thinking: expect.stringMatching(/\S/) });
    expect(callsOf(first)).toHaveLength(1);

    const turns: Anthropic.MessageParam[] = [QUESTION, { role: "assistant", content: first.content }, resultsOf(first)];
    const second = await client.messages.create({ ...common, messages: turns });
    expect(second.stop_reason).toBe("end_turn");
    expect(textOf(second)).toMatch(TOLD_RESULT);
  });

  test("whose text is left out comes back all the same", async () => {
    const common = { model: "anthropic/claude-haiku-4.5", max_tokens: 6_000, tools: [WEATHER] };
    const omitted = { ...thinking, display: "omitted" as const };
    const first = await client.messages.create({ ...common, thinking: omitted, messages: [QUESTION] });
    expect(first.content[0]).toMatchObject({ type: "thinking", thinking: "", signature: expect.stringMatching(/\S/) });

    const turns: Anthropic.MessageParam[] = [QUESTION, { role: "assistant", content: first.content }, resultsOf(first)];
    const second = await client.messages.create({ ...common, thinking: omitted, messages: turns });
    expect(textOf(second)).toMatch(TOLD_RESULT);
  });

  test("is absent where it is not wanted", async () => {
    const message = await client.messages.create({ model: FAILING.model, max_tokens: 100, messages: say("a") });
    expect(message.content.map(({ type }) => type)).toEqual(["text"]);
  });
});

describe("@anthropic-ai/sdk", () => {
  const request = { model: FAILING.model, max_tokens: 200, messages: say("Hello") };

  test("uses an ordinary x-api-key as well", async () => {
    const other = new Anthropic({ baseURL: `${running.server.url}/api`, apiKey: running.key, maxRetries: 0 });
    expect(textOf(await other.messages.create(request))).toBe("Hello");
  });

  test("finds a model by the vendor's own name, with a date or without", async () => {
    for (const model of ["claude-haiku-4-5", "claude-haiku-4-5-20251001"])
      expect(await client.messages.create({ ...request, model })).toMatchObject({
        model: "anthropic/claude-haiku-4.5",
      });
  });

  test("is told at which sequence the answer stopped", async () => {
    const message = await client.messages.create({
      model: "anthropic/claude-haiku-4.5",
      max_tokens: 200,
      messages: say("one two three four"),
      stop_sequences: ["three"],
    });
    expect(message).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "three" });
    expect(textOf(message).trim()).toBe("one two");
  });

  test("is told of the limit", async () => {
    const message = await client.messages.create({ ...request, max_tokens: 2, messages: say("one two three four") });
    expect(message.stop_reason).toBe("max_tokens");
  });

  test("sends documents and marks for the cache, and is told what the cache gave", async () => {
    const long = Array.from({ length: 3_000 }, (_, index) => `Rule ${index}: signals are seen from afar.`).join(" ");
    const ask = () =>
      client.messages.create({
        model: "anthropic/claude-haiku-4.5",
        max_tokens: 200,
        system: [{ type: "text", text: long, cache_control: { type: "ephemeral" } }],
        messages: [
          {
            role: "user",
            content: [
              { type: "document", source: { type: "text", media_type: "text/plain", data: "Lever 7 is red." } },
              { type: "text", text: "Say exactly: ok" },
            ],
          },
        ],
      });
    const [first, second] = [await ask(), await ask()];
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(1_000);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
    expect(second.usage.input_tokens).toBe(first.usage.input_tokens);
  });

  test.each([
    { name: "an unknown model", error: Anthropic.BadRequestError, params: { ...request, model: "nobody/nothing" } },
    { name: "a wrong field", error: Anthropic.BadRequestError, params: { ...request, temperature: 3 } },
    {
      name: "a model that makes embeddings",
      error: Anthropic.BadRequestError,
      params: { ...request, model: "openai/text-embedding-3-small" },
    },
    {
      name: "a provider that is not there",
      error: Anthropic.NotFoundError,
      params: { ...request, provider: { only: ["nowhere"] } },
    },
  ])("throws its own class for $name, in its own form", async ({ error, params }) => {
    const failure = await client.messages.create(params).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(error);
    expect(failure).toMatchObject({
      error: { type: "error", error: { type: expect.stringMatching(/_error$/), message: expect.stringMatching(/\S/) } },
    });
    await expect(client.messages.stream(params).finalMessage()).rejects.toThrow(error);
  });

  test("throws AuthenticationError without a good key and PermissionDeniedError with a provisioning key", async () => {
    const stranger = anthropic(`sk-or-v1-${"0".repeat(64)}`);
    await expect(stranger.messages.create(request)).rejects.toThrow(Anthropic.AuthenticationError);
    await expect(stranger.messages.countTokens({ model: request.model, messages: request.messages })).rejects.toThrow(
      Anthropic.AuthenticationError,
    );
    const manager = anthropic(running.provisioningKey);
    await expect(manager.messages.create(request)).rejects.toThrow(Anthropic.PermissionDeniedError);
  });

  test("throws RateLimitError when the provider is busy, and at the event where a stream breaks", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 429, retryAfterSeconds: 3 } });
    await expect(client.messages.create(request)).rejects.toMatchObject({ status: 429, type: "rate_limit_error" });

    running.sandbox.faults.set(FAILING.provider, { error: { status: 503, afterChunks: 2 } });
    const stream = client.messages.stream({ ...request, messages: say("one two three four five") });
    let text = "";
    stream.on("text", (delta) => {
      text += delta;
    });
    await expect(stream.finalMessage()).rejects.toThrow(Anthropic.APIError);
    expect(text).not.toBe("");
    expect("one two three four five".startsWith(text)).toBe(true);
  });
});
