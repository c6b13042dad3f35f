import fc from "fast-check";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";

const PIXEL = "data:image/png;base64,iVBORw0KGgo=";

const visibleText = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `${text}x`);
// Blank texts are valid to us and refused by some providers.
const anyText = fc.oneof(visibleText, fc.constantFrom("", " ", "\n"));
const functionName = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);

const textPart = fc.record(
  { type: fc.constant("text"), text: anyText, cache_control: fc.constant({ type: "ephemeral" }) },
  { requiredKeys: ["type", "text"] },
);
const part = fc.oneof(
  textPart,
  fc.constantFrom(
    { type: "image_url", image_url: { url: PIXEL } },
    { type: "image_url", image_url: { url: "https://example.org/a.jpg" } },
    { type: "file", file: { filename: "a.pdf", file_data: "JVBERi0xLjQK" } },
    { type: "file", file: { filename: "a.pdf", file_data: "https://example.org/a.pdf" } },
  ),
);
const textContent = fc.oneof(anyText, fc.array(textPart, { minLength: 1, maxLength: 2 }));
const visiblePart = visibleText.map((text) => ({ type: "text", text }));
const userContent = fc.oneof(
  visibleText,
  fc.tuple(fc.array(part, { maxLength: 2 }), visiblePart).map(([parts, visible]) => [...parts, visible]),
);

const reasoningDetail = fc.constantFrom(
  { type: "reasoning.text", text: "hm", signature: "s1", format: "anthropic-claude-v1", index: 0 },
  { type: "reasoning.encrypted", data: "d1", format: "anthropic-claude-v1", index: 1 },
  { type: "reasoning.encrypted", data: "d2", format: "google-gemini-v1", index: 0 },
  { type: "reasoning.text", text: "unsigned", format: "unknown", index: 0 },
  { type: "reasoning.summary", summary: "short", format: "openai-responses-v1" },
);

type Message = Record<string, unknown>;

/** One exchange; with calls it holds a result for each of them, as every provider demands. */
const exchange = fc
  .record({
    system: fc.option(fc.record({ role: fc.constantFrom("system", "developer"), content: textContent })),
    user: fc.record({ role: fc.constant("user"), content: userContent }),
    text: textContent,
    details: fc.array(reasoningDetail, { maxLength: 2 }),
    calls: fc.uniqueArray(functionName, { maxLength: 2 }),
    result: fc.constantFrom("", "done", '{"ok":true}', "[1,2]"),
    salt: fc.nat({ max: 999_999 }),
  })
  .map(({ system, user, text, details, calls, result, salt }): Message[] => {
    const toolCalls = calls.map((name, index) => ({
      id: `functions.${name}:${index}_${salt}`,
      type: "function",
      index,
      function: { name, arguments: index === 0 ? '{"a":1}' : "" },
    }));
    const assistant: Message = { role: "assistant", content: text };
    if (toolCalls.length > 0) assistant.tool_calls = toolCalls;
    if (details.length > 0) assistant.reasoning_details = details;
    const results = toolCalls.map(({ id }): Message => ({ role: "tool", tool_call_id: id, content: result }));
    return [...(system === null ? [] : [system]), user, assistant, ...results];
  });

const messages = fc
  .record({
    opening: fc.option(fc.constant<Message>({ role: "assistant", content: "Good evening. " })),
    exchanges: fc.array(exchange, { maxLength: 2 }),
    question: fc.option(fc.record({ role: fc.constant("user"), content: visibleText })),
    prefill: fc.option(fc.constant<Message>({ role: "assistant", content: "Sure:  " })),
  })
  .map(({ opening, exchanges, question, prefill }) => {
    const all = [opening, ...exchanges.flat(), question, prefill].filter((message) => message !== null);
    return all.length === 0 ? [{ role: "user", content: "go" }] : all;
  });

const schema = {
  type: "object",
  properties: { a: { type: "integer", minimum: 1 }, minimum: { type: "string" } },
  required: ["a"],
};

const parameters = fc.record(
  {
    temperature: fc.constantFrom(0, 0.7, 1.8),
    top_p: fc.constantFrom(0.1, 1),
    top_k: fc.constantFrom(0, 40),
    seed: fc.integer(),
    stop: fc.constantFrom("END", ["\n", "a", "b", "c", "d", "e", "f"], []),
    frequency_penalty: fc.constantFrom(-1, 0.5),
    logprobs: fc.boolean(),
    max_tokens: fc.integer({ min: 1, max: 5_000 }),
    tools: fc.array(
      fc.record({
        type: fc.constant("function"),
        function: fc.record(
          { name: functionName, description: anyText, parameters: fc.constant(schema), strict: fc.boolean() },
          { requiredKeys: ["name"] },
        ),
      }),
      { maxLength: 2 },
    ),
    tool_choice: fc.constantFrom("none", "auto", "required", { type: "function", function: { name: "f" } }),
    parallel_tool_calls: fc.boolean(),
    response_format: fc.constantFrom(
      { type: "text" },
      { type: "json_object" },
      { type: "json_schema", json_schema: { name: "answer", schema, strict: true } },
      { type: "json_schema", json_schema: { name: "list", schema: { type: "array", items: schema } } },
    ),
    reasoning: fc.record(
      {
        effort: fc.constantFrom("none", "minimal", "low", "medium", "high", "xhigh", "max"),
        max_tokens: fc.integer({ min: 1, max: 200_000 }),
        enabled: fc.boolean(),
        exclude: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    verbosity: fc.constantFrom("low", "max"),
    user: fc.constantFrom("u-1", ""),
    service_tier: fc.constantFrom("auto", "default", "flex"),
    modalities: fc.constantFrom(["text"], ["image", "text"]),
    session_id: fc.constant("s-1"),
  },
  { requiredKeys: [] },
);

/** Small requests that pass our own schema, with the combinations that providers disagree about. */
export const arbitraryChatRequest: fc.Arbitrary<ChatRequest> = fc
  .tuple(messages, parameters)
  .map(([all, rest]) => chatRequestSchema.parse({ messages: all, ...rest }));

/** What the catalog may say of an endpoint's reasoning and parameters. */
export const arbitraryCapabilities = fc.record({
  supportedParameters: fc
    .subarray([
      "temperature",
      "top_p",
      "top_k",
      "stop",
      "seed",
      "tools",
      "structured_outputs",
      "reasoning",
      "verbosity",
    ])
    .map((names): ReadonlySet<string> => new Set(names)),
  maxOutputTokens: fc.constantFrom(undefined, 1_000, 4_096, 64_000),
  reasoning: fc.constantFrom(
    undefined,
    { efforts: [], budget: true },
    { efforts: ["none"], budget: true },
    { efforts: ["low", "medium", "high"], budget: false },
    { efforts: ["none", "low", "high"], budget: false },
    { efforts: ["low", "high", "max"], budget: true },
  ),
});
