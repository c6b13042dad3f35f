import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { anthropicAdapter } from "./anthropic-adapter";

const build = (request: Record<string, unknown>, target: object = {}, rest: object = {}) =>
  buildUpstream(anthropicAdapter, request, { target, ...rest });

test.each([
  ["https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages"],
  ["https://api.anthropic.com", "https://api.anthropic.com/v1/messages"],
  ["http://127.0.0.1:4000/anthropic", "http://127.0.0.1:4000/anthropic/v1/messages"],
])("%s is called at %s", (baseUrl, url) => {
  expect(build({}, { baseUrl }).url).toBe(url);
});

test("the headers name key, version and the beta features that are allowed", () => {
  const { headers } = build({}, { apiKey: "k-1" }, { betaFeatures: ["a-1", "b-2"] });
  expect(headers).toMatchObject({ "x-api-key": "k-1", "anthropic-version": "2023-06-01", "anthropic-beta": "a-1,b-2" });
  expect(build({}).headers).not.toHaveProperty("anthropic-beta");
});

describe("parameters", () => {
  test("temperature ends at 1, blank stops and top_k 0 are left out, the user becomes metadata", () => {
    const { body, droppedParameters } = build({ temperature: 1.7, top_k: 0, stop: [" ", "END"], user: "u-1" });
    expect(body).toMatchObject({ temperature: 1, stop_sequences: ["END"], metadata: { user_id: "u-1" } });
    expect(body).not.toHaveProperty("top_k");
    expect(droppedParameters).toEqual([]);
  });

  test("of temperature and top_p only the first is sent", () => {
    const { body, droppedParameters } = build({ temperature: 0.2, top_p: 0.9 });
    expect(body).not.toHaveProperty("top_p");
    expect(droppedParameters).toEqual(["top_p"]);
    expect(build({ top_p: 0.9 }).body).toMatchObject({ top_p: 0.9 });
  });

  test.each([
    { maxTokens: 5, maxOutputTokens: 64_000, limit: 5 },
    { maxTokens: undefined, maxOutputTokens: 64_000, limit: 64_000 },
    { maxTokens: undefined, maxOutputTokens: undefined, limit: 8_192 },
  ])(
    "max_tokens is $limit for $maxTokens at an endpoint with $maxOutputTokens",
    ({ maxTokens, maxOutputTokens, limit }) => {
      expect(build({}, { maxOutputTokens }, { maxTokens }).body.max_tokens).toBe(limit);
    },
  );

  test("what the API has no word for is dropped and named, what asks for nothing is not", () => {
    const { droppedParameters } = build({
      seed: 1,
      logit_bias: { "1": 2 },
      logprobs: false,
      n: 1,
      modalities: ["text"],
    });
    expect([...droppedParameters].sort()).toEqual(["logit_bias", "seed"]);
  });

  test.each([
    { tier: "auto", sent: "auto" },
    { tier: "default", sent: "standard_only" },
  ])("service tier $tier is called $sent", ({ tier, sent }) => {
    expect(build({ service_tier: tier }).body.service_tier).toBe(sent);
  });
});

describe("answers that must fit a schema", () => {
  // One keyword that cannot be enforced, and one property that only has the name of such a keyword.
  const properties = { n: { type: "integer", minimum: 3 }, maximum: { type: "string" } };
  const schema = { type: "object", properties, required: ["n"] };
  const format = { type: "json_schema", json_schema: { name: "count", schema } };
  const structured = { supportedParameters: new Set(["structured_outputs", "response_format", "tools", "reasoning"]) };

  test("are the input of a forced tool", () => {
    const { body } = build({ response_format: format });
    expect(body.tools).toEqual([expect.objectContaining({ name: "signalbox_json_answer", input_schema: schema })]);
    expect(body.tool_choice).toMatchObject({ type: "tool", name: "signalbox_json_answer" });
  });

  test("are constrained where other tools are offered, by what can be enforced of the schema", () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const { body } = build({ response_format: format, tools }, structured);
    expect(body.tools).toHaveLength(1);
    expect(body.output_config).toEqual({
      format: {
        type: "json_schema",
        schema: {
          type: "object",
          properties: { n: { type: "integer" }, maximum: { type: "string" } },
          required: ["n"],
          additionalProperties: false,
        },
      },
    });
  });

  test("are constrained where the model may think unasked, which forbids to force it", () => {
    const target = { ...structured, reasoning: { efforts: ["low", "high"], budget: false } };
    const { body } = build({ response_format: format }, target);
    expect(body).not.toHaveProperty("tools");
    expect(body).toHaveProperty("output_config.format");
  });

  test("are constrained where the model thinks", () => {
    const target = { ...structured, reasoning: { efforts: [], budget: true } };
    const { body } = build({ response_format: format, reasoning: { effort: "low" } }, target);
    expect(body).not.toHaveProperty("tools");
    expect(body).toHaveProperty("output_config.format");
  });

  test("are asked for in words where nothing else is left", () => {
    const target = { supportedParameters: new Set(["tools"]) };
    const tools = [{ type: "function", function: { name: "f" } }];
    const { body, droppedParameters } = build({ response_format: format, tools }, target);
    expect(JSON.stringify(body.system)).toContain("minimum");
    expect(droppedParameters).toEqual([]);
  });

  test("that are any JSON object are asked for in words", () => {
    const { body } = build({ response_format: { type: "json_object" } });
    expect(JSON.stringify(body.system)).toMatch(/JSON object/);
    expect(body).not.toHaveProperty("tools");
  });

  test("a grammar cannot be said", () => {
    expect(build({ response_format: { type: "grammar", grammar: "root ::= x" } }).droppedParameters).toEqual([
      "response_format",
    ]);
  });
});
