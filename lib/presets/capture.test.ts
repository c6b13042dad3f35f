import { describe, expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { presetConfigSchema } from "@/lib/schemas/preset";
import { messagesBodySchema, responsesBodySchema } from "@/lib/schemas/preset-bodies";
import { type CapturedContent, captureChat } from "./capture-chat";
import { captureMessages } from "./capture-messages";
import { captureResponses } from "./capture-responses";
import { withoutNulls } from "./without-nulls";

/** As the API keeps it. */
const kept = ({ systemPrompt, fields }: CapturedContent) => ({
  systemPrompt,
  config: presetConfigSchema.parse(withoutNulls(fields)),
});
const USER = { role: "user", content: "Hello!" };
const SCHEMA = { type: "object", properties: { b: { type: "string" }, a: { type: "number" } } };

describe("from a chat completion's body", () => {
  const capture = (body: unknown) => kept(captureChat(chatRequestSchema.parse(body)));

  test("what a preset can hold is kept, the rest is left out", () => {
    const config = {
      model: "openai/gpt-4o",
      models: ["openai/gpt-4o-mini"],
      provider: { only: ["azure"], zdr: true },
      temperature: 0.7,
      max_tokens: 100,
      stop: ["END"],
      tools: [{ type: "function", function: { name: "f", parameters: SCHEMA } }],
      tool_choice: "auto",
      response_format: { type: "json_schema", json_schema: { name: "n", schema: SCHEMA } },
      reasoning: { effort: "low" },
      plugins: [{ id: "web", max_results: 3 }],
      transforms: ["middle-out"],
    };
    const transient = {
      stream: true,
      stream_options: { include_usage: true },
      user: "u",
      session_id: "s",
      metadata: { a: "b" },
      usage: { include: true },
      brand_new: 1,
      top_p: null,
    };
    expect(capture({ messages: [USER], ...config, ...transient })).toEqual({ systemPrompt: null, config });
  });

  test.each([
    { name: "none", messages: [USER], systemPrompt: null },
    { name: "one", messages: [{ role: "system", content: "A" }, USER], systemPrompt: "A" },
    {
      name: "several, in parts",
      messages: [
        {
          role: "system",
          content: [
            { type: "text", text: "A" },
            { type: "text", text: "B" },
          ],
        },
        { role: "developer", content: "C" },
        USER,
      ],
      systemPrompt: "A\nB\n\nC",
    },
    { name: "an empty one", messages: [{ role: "system", content: "" }, USER], systemPrompt: null },
    { name: "one later on", messages: [USER, { role: "system", content: "Z" }], systemPrompt: null },
    { name: "nothing else", messages: [{ role: "system", content: "A" }], systemPrompt: "A" },
  ])("the system prompt that the conversation opens with: $name", ({ messages, systemPrompt }) => {
    expect(capture({ messages }).systemPrompt).toBe(systemPrompt);
  });
});

describe("from a body in Anthropic's protocol", () => {
  const capture = (body: Record<string, unknown>) =>
    kept(captureMessages(messagesBodySchema.parse({ model: "anthropic/claude-haiku-4.5", messages: [USER], ...body })));

  test.each<{ name: string; body: Record<string, unknown>; config: Record<string, unknown> }>([
    {
      name: "what is named alike",
      body: { max_tokens: 1024, temperature: 0.5, top_k: 4, provider: { sort: "price" }, metadata: { user_id: "u" } },
      config: { max_tokens: 1024, temperature: 0.5, top_k: 4, provider: { sort: "price" } },
    },
    { name: "stop sequences", body: { stop_sequences: ["a"] }, config: { stop: ["a"] } },
    {
      name: "tools, ours and the provider's",
      body: {
        tools: [
          { name: "f", description: "d", input_schema: SCHEMA, cache_control: { type: "ephemeral" } },
          { type: "web_search_20250305", name: "web_search" },
        ],
      },
      config: {
        tools: [
          {
            type: "function",
            function: { name: "f", description: "d", parameters: SCHEMA },
            cache_control: { type: "ephemeral" },
          },
          { type: "web_search_20250305", name: "web_search" },
        ],
      },
    },
    { name: "any tool", body: { tool_choice: { type: "any" } }, config: { tool_choice: "required" } },
    {
      name: "one tool, one at a time",
      body: { tool_choice: { type: "tool", name: "f", disable_parallel_tool_use: true } },
      config: { tool_choice: { type: "function", function: { name: "f" } }, parallel_tool_calls: false },
    },
    { name: "no tool", body: { tool_choice: { type: "none" } }, config: { tool_choice: "none" } },
    {
      name: "a thinking budget",
      body: { thinking: { type: "enabled", budget_tokens: 2000 }, output_config: { effort: "high" } },
      config: { reasoning: { max_tokens: 2000 } },
    },
    { name: "no thinking", body: { thinking: { type: "disabled" } }, config: { reasoning: { enabled: false } } },
    { name: "adaptive thinking", body: { thinking: { type: "adaptive" } }, config: { reasoning: { enabled: true } } },
    {
      name: "effort",
      body: { thinking: { type: "adaptive" }, output_config: { effort: "low" } },
      config: { reasoning: { effort: "low" } },
    },
    {
      name: "an output schema",
      body: { output_config: { format: { type: "json_schema", schema: SCHEMA } } },
      config: {
        response_format: { type: "json_schema", json_schema: { name: "output", schema: SCHEMA, strict: true } },
      },
    },
    { name: "the standard tier", body: { service_tier: "standard_only" }, config: { service_tier: "default" } },
  ])("$name", ({ body, config }) => {
    expect(capture(body)).toEqual({
      systemPrompt: null,
      config: { model: "anthropic/claude-haiku-4.5", ...config },
    });
  });

  test.each([
    { system: "A", systemPrompt: "A" },
    {
      system: [
        { type: "text", text: "A", cache_control: { type: "ephemeral" } },
        { type: "text", text: "B" },
      ],
      systemPrompt: "A\n\nB",
    },
    { system: "", systemPrompt: null },
    { system: null, systemPrompt: null },
  ])("the system prompt $system", ({ system, systemPrompt }) => {
    expect(capture({ system }).systemPrompt).toBe(systemPrompt);
  });
});

describe("from a body in the protocol of OpenAI's responses", () => {
  const capture = (body: Record<string, unknown>) => kept(captureResponses(responsesBodySchema.parse(body)));

  test.each<{ name: string; body: Record<string, unknown>; config: Record<string, unknown> }>([
    {
      name: "what is named alike",
      body: { model: "openai/gpt-4o", input: "Hello!", temperature: 0.5, reasoning: { effort: "low" }, store: false },
      config: { model: "openai/gpt-4o", temperature: 0.5, reasoning: { effort: "low" } },
    },
    { name: "the output limit", body: { max_output_tokens: 50 }, config: { max_tokens: 50 } },
    {
      name: "tools, ours and the provider's",
      body: {
        tools: [
          { type: "function", name: "f", description: "d", parameters: SCHEMA, strict: true },
          { type: "web_search" },
        ],
        tool_choice: { type: "function", name: "f" },
      },
      config: {
        tools: [
          { type: "function", function: { name: "f", description: "d", parameters: SCHEMA, strict: true } },
          { type: "web_search" },
        ],
        tool_choice: { type: "function", function: { name: "f" } },
      },
    },
    { name: "a choice in a word", body: { tool_choice: "none" }, config: { tool_choice: "none" } },
    {
      name: "the text format",
      body: { text: { format: { type: "json_schema", name: "n", schema: SCHEMA, strict: true }, verbosity: "low" } },
      config: {
        response_format: { type: "json_schema", json_schema: { name: "n", schema: SCHEMA, strict: true } },
        verbosity: "low",
      },
    },
    {
      name: "plain JSON",
      body: { text: { format: { type: "json_object" } } },
      config: { response_format: { type: "json_object" } },
    },
  ])("$name", ({ body, config }) => {
    expect(capture(body)).toEqual({ systemPrompt: null, config });
  });

  test.each([
    { instructions: "A", systemPrompt: "A" },
    { instructions: "", systemPrompt: null },
    { instructions: null, systemPrompt: null },
  ])("the instructions $instructions", ({ instructions, systemPrompt }) => {
    expect(capture({ instructions }).systemPrompt).toBe(systemPrompt);
  });
});
