import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { decodeAll, readBody, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { anthropicAdapter } from "./anthropic-adapter";

const BUDGET = { reasoning: { efforts: [], budget: true } };
const ADAPTIVE = { reasoning: { efforts: ["low", "medium", "high", "xhigh", "max"], budget: false } };
const SWITCHED = { reasoning: { efforts: ["none", "low", "high"], budget: false } };

const build = (request: Record<string, unknown>, target: object, maxTokens?: number) =>
  buildUpstream(anthropicAdapter, request, { target, maxTokens });

describe("models that take a budget", () => {
  test.each([
    { reasoning: { effort: "high" }, maxTokens: 10_000, budget: 8_000, limit: 10_000 },
    { reasoning: { effort: "xhigh" }, maxTokens: 10_000, budget: 9_500, limit: 10_000 },
    { reasoning: { enabled: true }, maxTokens: 10_000, budget: 5_000, limit: 10_000 },
    { reasoning: { effort: "minimal" }, maxTokens: 4_000, budget: 1_024, limit: 4_000 },
    { reasoning: { effort: "max" }, maxTokens: 200_000, budget: 128_000, limit: 200_000 },
    { reasoning: { max_tokens: 3_000 }, maxTokens: 10_000, budget: 3_000, limit: 10_000 },
    // The answer keeps what the caller allowed for it.
    { reasoning: { max_tokens: 3_000 }, maxTokens: 1_000, budget: 3_000, limit: 4_000 },
    { reasoning: { effort: "low" }, maxTokens: 500, budget: 1_024, limit: 1_524 },
    // As far as the endpoint goes.
    { reasoning: { max_tokens: 90_000 }, maxTokens: 1_000, budget: 63_999, limit: 64_000 },
  ])(
    "$reasoning of $maxTokens tokens is a budget of $budget under $limit",
    ({ reasoning, maxTokens, budget, limit }) => {
      const { body } = build(
        { reasoning },
        { ...BUDGET, maxOutputTokens: 200_000 > maxTokens ? 64_000 : 256_000 },
        maxTokens,
      );
      expect(body).toMatchObject({ thinking: { type: "enabled", budget_tokens: budget }, max_tokens: limit });
    },
  );

  test("an endpoint without room for the least budget does not think, which is reported", () => {
    const { body, droppedParameters } = build({ reasoning: { effort: "high" } }, { ...BUDGET, maxOutputTokens: 1_000 });
    expect(body).not.toHaveProperty("thinking");
    expect(droppedParameters).toEqual(["reasoning"]);
  });

  test("not to think needs no word", () => {
    expect(build({ reasoning: { effort: "none" } }, BUDGET).body).not.toHaveProperty("thinking");
  });

  test("thinking leaves no room for sampling", () => {
    const { body, droppedParameters } = build({ reasoning: { effort: "low" }, temperature: 0.3, top_k: 4 }, BUDGET);
    expect(body).not.toHaveProperty("temperature");
    expect([...droppedParameters].sort()).toEqual(["temperature", "top_k"]);
  });

  test.each([
    {
      name: "a forced call",
      request: { tool_choice: "required", tools: [{ type: "function", function: { name: "f" } }] },
    },
    {
      name: "a prefill",
      request: {
        messages: [
          { role: "user", content: "hi" },
          { role: "assistant", content: "Sure" },
        ],
      },
    },
  ])("thinking gives way to $name, which is reported", ({ request }) => {
    const { body, droppedParameters } = build({ ...request, reasoning_effort: "high" }, BUDGET);
    expect(body).not.toHaveProperty("thinking");
    expect(droppedParameters).toEqual(["reasoning_effort"]);
  });
});

describe("models that take levels", () => {
  test.each([
    { reasoning: { effort: "high" }, effort: "high" },
    { reasoning: { effort: "minimal" }, effort: "low" },
    { reasoning: { max_tokens: 8_000 }, effort: "high" },
    { reasoning: { enabled: true }, effort: undefined },
  ])("$reasoning is the effort $effort, and thoughts are asked for", ({ reasoning, effort }) => {
    const { body } = build({ reasoning }, ADAPTIVE, 10_000);
    expect(body.thinking).toEqual({ type: "adaptive", display: "summarized" });
    expect(body.output_config).toEqual(effort === undefined ? undefined : { effort });
    expect(body.max_tokens).toBe(10_000);
  });

  test("hidden thoughts are left out at the source", () => {
    const { body } = build({ reasoning: { effort: "high", exclude: true } }, ADAPTIVE);
    expect(body.thinking).toEqual({ type: "adaptive", display: "omitted" });
  });

  test("those with a switch are switched off, the others think as little as they can", () => {
    expect(build({ reasoning: { enabled: false } }, SWITCHED).body.thinking).toEqual({ type: "disabled" });
    const { body } = build({ reasoning: { enabled: false } }, ADAPTIVE);
    expect(body).not.toHaveProperty("thinking");
    expect(body.output_config).toEqual({ effort: "low" });
  });

  test("verbosity is the same dial", () => {
    expect(build({ verbosity: "max" }, ADAPTIVE).body.output_config).toEqual({ effort: "max" });
  });
});

test("the caller who writes the API's own field is not translated", () => {
  const thinking = { type: "enabled", budget_tokens: 2_000 };
  expect(build({ thinking }, BUDGET, 4_000).body).toMatchObject({ thinking, max_tokens: 4_000 });
});

describe("thinking that comes back", () => {
  const fixtures = new URL("__fixtures__/", import.meta.url);
  const answer = foldAnswer(decodeAll(anthropicAdapter, readEvents(fixtures, "reasoning")));
  const original: unknown[] = JSON.parse(readBody(fixtures, "reasoning")).content;
  const calls = [{ id: "toolu_1", type: "function", function: { name: "f", arguments: "{}" } }];
  const conversation = (details: readonly unknown[]) => [
    { role: "user", content: "Which train?" },
    { role: "assistant", content: answer.content, reasoning_details: details, tool_calls: calls },
    { role: "tool", tool_call_id: "toolu_1", content: "done" },
  ];

  test("goes back first in its turn, byte for byte", () => {
    const { body, droppedParameters } = build({ messages: conversation(answer.reasoningDetails) }, BUDGET);
    expect(body.messages).toHaveProperty("1.content", [
      ...original,
      { type: "tool_use", id: "toolu_1", name: "f", input: {} },
    ]);
    expect(droppedParameters).toEqual([]);
  });

  test("of other providers, or unsigned, stays out; a lost signature is reported", () => {
    const foreign = [
      { type: "reasoning.encrypted", data: "x", format: "openai-responses-v1" },
      { type: "reasoning.encrypted", data: "no format" },
      { type: "reasoning.text", text: "hm", signature: "of another", format: "google-gemini-v1" },
      { type: "reasoning.text", text: "unsigned", format: "anthropic-claude-v1" },
    ];
    const { body, droppedParameters } = build({ messages: conversation(foreign) }, BUDGET);
    expect(JSON.stringify(body.messages)).not.toContain("thinking");
    expect(droppedParameters).toEqual(["reasoning_details"]);
  });

  test("missing from a turn with results keeps a budget model from thinking on, and not the newer ones", () => {
    const request = { messages: conversation([]), reasoning: { effort: "high" } };
    expect(build(request, BUDGET).droppedParameters).toEqual(["reasoning"]);
    expect(build(request, ADAPTIVE).body.thinking).toMatchObject({ type: "adaptive" });
    const signed = { messages: conversation(answer.reasoningDetails), reasoning: { effort: "high" } };
    expect(build(signed, BUDGET).body.thinking).toMatchObject({ type: "enabled" });
  });
});
