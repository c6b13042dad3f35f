import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import {
  readChatCompletions,
  readCohereChat,
  readConverse,
  readGenerateContent,
  readMessages,
} from "@/lib/testing/read-requests";
import { essenceOf, type RequestEssence, type Saying } from "@/lib/testing/request-essence";
import type { JsonRecord } from "./json";
import { adapterOf } from "./registry";
import type { AdapterTarget } from "./types";

const text = fc.string({ minLength: 1, maxLength: 20 }).map((some) => `${some}x`);
const base64 = fc.uint8Array({ minLength: 3, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/);
const callId = fc.stringMatching(/^[A-Za-z0-9]{9}$/);
const input = fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant([1, { deep: null }])));

const userPart = fc.oneof(
  text.map((said) => ({ type: "text", text: said })),
  base64.map((data) => ({ type: "image_url", image_url: { url: `data:image/png;base64,${data}` } })),
  base64.map((data) => ({
    type: "file",
    file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${data}` },
  })),
);

/** A question, and what was done and said about it: thoughts, words, calls with their results. */
const exchange = fc
  .record({
    parts: fc.array(userPart, { maxLength: 3 }),
    question: text,
    thought: fc.option(fc.record({ text, signature: base64 })),
    answer: text,
    calls: fc.uniqueArray(fc.record({ id: callId, name, input, result: text }), {
      maxLength: 3,
      selector: ({ id }) => id,
    }),
  })
  .map(({ parts, question, thought, answer, calls }) => (format: string) => [
    { role: "user", content: [...parts, { type: "text", text: question }] },
    {
      role: "assistant",
      content: answer,
      ...(thought === null ? {} : { reasoning_details: [{ type: "reasoning.text", ...thought, format, index: 0 }] }),
      ...(calls.length === 0
        ? {}
        : {
            tool_calls: calls.map((call) => ({
              id: call.id,
              type: "function",
              function: { name: call.name, arguments: JSON.stringify(call.input) },
            })),
          }),
    },
    ...calls.map(({ id, result }) => ({ role: "tool", tool_call_id: id, content: `r ${result}` })),
  ]);

const SCHEMA = { type: "object", properties: { a: { type: "integer" } }, required: ["a"], additionalProperties: false };
const PARAMETERS = { type: "object", properties: { city: { type: "string" } } };

const settings = fc
  .record(
    {
      temperature: fc.constantFrom(0, 0.3, 1),
      top_p: fc.constantFrom(0.1, 0.9),
      top_k: fc.integer({ min: 1, max: 100 }),
      stop: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
      seed: fc.nat(),
      tools: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((names) =>
        names.map((one) => ({
          type: "function",
          function: { name: one, description: `does ${one}`, parameters: PARAMETERS },
        })),
      ),
      choice: fc.constantFrom("auto", "none", "required", "first"),
      isAnswerShaped: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ choice, isAnswerShaped, ...rest }) => {
    const first = rest.tools?.[0]?.function.name;
    if (first !== undefined && choice !== undefined) {
      return {
        ...rest,
        tool_choice: choice === "first" ? { type: "function", function: { name: first } } : choice,
      };
    }
    if (first !== undefined || isAnswerShaped !== true) return rest;
    return { ...rest, response_format: { type: "json_schema", json_schema: { name: "answer", schema: SCHEMA } } };
  });

const conversation = fc
  .record({
    system: fc.array(text, { maxLength: 2 }),
    exchanges: fc.array(exchange, { maxLength: 2 }),
    last: text,
    settings,
  })
  .map(
    ({ system, exchanges, last, settings: chosen }) =>
      (format: string): ChatRequest =>
        chatRequestSchema.parse({
          messages: [
            ...system.map((content) => ({ role: "system", content })),
            ...exchanges.flatMap((make) => make(format)),
            { role: "user", content: last },
          ],
          ...chosen,
        }),
  );

type Protocol = {
  name: string;
  protocol: Parameters<typeof adapterOf>[0];
  read: (body: JsonRecord) => RequestEssence;
  /** The mark of reasoning that this protocol signs. */
  format: string;
  target?: Partial<AdapterTarget>;
  /** What it has no word for, taken out of what must come back. */
  without: (essence: RequestEssence) => RequestEssence;
};

const hasCalls = ({ sayings }: RequestEssence) => sayings.some(({ kind }) => kind === "call" || kind === "result");
const withoutKinds = (essence: RequestEssence, ...kinds: readonly Saying["kind"][]): RequestEssence => ({
  ...essence,
  sayings: essence.sayings.filter(({ kind }) => !kinds.includes(kind)),
});

const NATIVE_SCHEMAS = new Set([
  "structured_outputs",
  "response_format",
  "temperature",
  "top_p",
  "top_k",
  "stop",
  "seed",
  "tools",
]);

const CHAT = {
  read: readChatCompletions,
  format: "unknown",
  without: (essence: RequestEssence) => withoutKinds(essence, "signed"),
};
const MESSAGES = {
  read: readMessages,
  format: "anthropic-claude-v1",
  without: (essence: RequestEssence) => ({
    ...essence,
    seed: undefined,
    topP: essence.temperature === undefined ? essence.topP : undefined,
  }),
};
// Older calls bring their functions with them, which must not be called any more.
const CLAUDE = { supportedParameters: NATIVE_SCHEMAS, reasoning: { efforts: ["low", "high"], budget: false } } as const;
const CONTENT = {
  read: readGenerateContent,
  format: "google-gemini-v1",
  without: (essence: RequestEssence) => essence,
};

const PROTOCOLS: readonly Protocol[] = [
  { name: "OpenAI's", protocol: "openai-compatible", ...CHAT },
  { name: "Ollama", protocol: "ollama", ...CHAT },
  { name: "Azure", protocol: "azure", ...CHAT },
  { name: "Vertex AI, open models", protocol: "vertex", target: { upstreamId: "meta/llama" }, ...CHAT },
  { name: "Anthropic's", protocol: "anthropic", target: CLAUDE, ...MESSAGES },
  { name: "Azure, Claude", protocol: "azure", target: { ...CLAUDE, upstreamId: "claude-x" }, ...MESSAGES },
  { name: "Vertex AI, Claude", protocol: "vertex", target: { ...CLAUDE, upstreamId: "claude-x@1" }, ...MESSAGES },
  { name: "Gemini's", protocol: "gemini", ...CONTENT },
  { name: "Vertex AI", protocol: "vertex", target: { upstreamId: "gemini-x" }, ...CONTENT },
  {
    name: "Bedrock",
    protocol: "bedrock",
    read: readConverse,
    format: "anthropic-claude-v1",
    target: { upstreamId: "anthropic.claude-sonnet-4-6", supportedParameters: NATIVE_SCHEMAS },
    without: (essence) => ({
      ...essence,
      seed: undefined,
      topP: essence.temperature === undefined ? essence.topP : undefined,
      choice: essence.choice === "none" ? undefined : essence.choice,
      // Tools that must not be called are not offered, unless the conversation has calls.
      tools: essence.choice === "none" && !hasCalls(essence) ? [] : essence.tools,
    }),
  },
  {
    name: "Cohere",
    protocol: "cohere",
    read: readCohereChat,
    format: "unknown",
    without: (essence) => {
      const choice = essence.choice;
      return {
        ...withoutKinds(essence, "signed", "document"),
        choice: choice === "auto" ? undefined : choice,
        // The one that must be called is the only one offered.
        tools: typeof choice === "object" ? essence.tools.filter((tool) => tool.name === choice.name) : essence.tools,
      };
    },
  },
];

describe("what a request says arrives, whatever protocol says it", () => {
  test.each(PROTOCOLS)("$name", ({ protocol, read, format, target, without }) => {
    const general = adapterOf(protocol);
    const adapter = general.forModel?.(target?.upstreamId ?? PLAIN_TARGET.upstreamId) ?? general;
    fc.assert(
      fc.property(conversation, fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: undefined }), (make, limit) => {
        const made = make(format);
        const request = protocol === "cohere" ? withoutDocuments(made) : made;
        const built = adapter.buildRequest({
          request,
          target: { ...PLAIN_TARGET, ...target },
          stream: true,
          maxTokens: limit,
          betaFeatures: [],
        });
        const body: JsonRecord = JSON.parse(built.body);
        const expected = without(essenceOf(request, limit));
        const arrived = read(body);
        expect({ ...arrived, maxTokens: limit === undefined ? undefined : arrived.maxTokens }).toEqual({
          ...expected,
          tools: offered(expected, arrived),
          choice: expected.tools.length === 0 && arrived.tools.length > 0 ? arrived.choice : expected.choice,
        });
      }),
      { numRuns: 120 },
    );
  });
});

/** Two protocols want the functions of old calls among the tools, when none are offered any more. */
function offered(expected: RequestEssence, arrived: RequestEssence): RequestEssence["tools"] {
  return expected.tools.length === 0 && hasCalls(expected) ? arrived.tools : expected.tools;
}

function withoutDocuments(request: ChatRequest): ChatRequest {
  return {
    ...request,
    messages: request.messages.map((message) =>
      message.role === "user" && typeof message.content === "object"
        ? { ...message, content: message.content.filter(({ type }) => type !== "file") }
        : message,
    ),
  };
}
