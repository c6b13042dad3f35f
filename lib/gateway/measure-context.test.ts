import fc from "fast-check";
import { expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { makeModel } from "@/lib/testing/make-model";
import { countPromptTokens, countTokens } from "./count-tokens";
import { measureContext } from "./measure-context";
import { needsOf } from "./needs-of";
import { tokenFamilyOf } from "./token-families";

const model = (tokenizer: string, contextTokens: number, id = "acme/model") =>
  makeModel({ id, fact: { tokenizer }, endpoints: [{ provider: "acme", contextTokens }] });

const request = (content: string, extra: object = {}) =>
  chatRequestSchema.parse({ messages: [{ role: "user", content }], ...extra });

const measure = (asked: ReturnType<typeof request>, models: ReturnType<typeof model>[], isConfigured = () => true) =>
  measureContext(asked, models, needsOf(asked), isConfigured);

const PROSE = "The quick brown fox jumps over the lazy dog, and the dog does not mind at all. ";

test.each([
  { name: "a short prompt", content: PROSE, contextTokens: 8_192 },
  { name: "a long one before a long context", content: PROSE.repeat(1_000), contextTokens: 128_000 },
  // More bytes than tokens of context, but ordinary text: one look at its letters tells.
  { name: "a longer one that has far fewer tokens than bytes", content: PROSE.repeat(2_000), contextTokens: 128_000 },
])("$name is not counted, and nothing is waited for", ({ content, contextTokens }) => {
  const asked = request(content);
  const needs = needsOf(asked);
  expect(measureContext(asked, [model("GPT", contextTokens)], needs, () => true)).toBe(needs);
});

test("near a limit the prompt is counted for each model with its own tokenizer", async () => {
  const asked = request(PROSE.repeat(400), { plugins: [{ id: "context-compression" }] });
  const models = [
    model("GPT", 8_192, "acme/gpt"),
    model("Claude", 8_192, "acme/claude"),
    model("GPT", 1_000_000, "acme/far"),
  ];
  const { context } = await measure(asked, models);
  const counted = await countPromptTokens(asked);
  expect(context?.compression).toBe("on");
  expect(context?.promptTokens.get("acme/gpt")).toBe(counted);
  expect(context?.promptTokens.get("acme/claude")).toBeGreaterThan(counted * 1.2);
  expect(context?.promptTokens.has("acme/far")).toBe(false);
});

test("endpoints that nobody can call decide nothing", () => {
  const asked = request(PROSE.repeat(400));
  expect(measure(asked, [model("GPT", 4_096)], () => false)).not.toBeInstanceOf(Promise);
});

test("a provider's limit on messages is looked at, however short they are", async () => {
  const [limited] = [model("GPT", 1_000_000)];
  const [endpoint] = limited.endpoints;
  if (endpoint === undefined) throw new Error("one was made");
  Object.assign(endpoint.provider.fact, { maxMessages: 2 });
  const asked = chatRequestSchema.parse({
    messages: Array.from({ length: 3 }, () => ({ role: "user", content: "x" })),
  });
  expect((await measure(asked, [limited])).context).toBeDefined();
});

// The figures are those of the tokenizers themselves (packages as named in token-families.ts), over this very text.
const SAMPLE =
  'const total = items.filter((item) => item.price > 100).length; // 2024-11-21, 12345 items\n{"name": "Ada", "id": 907}';
test.each([
  { tokenizer: "GPT", id: "openai/gpt-4o", vocabulary: "o200k", tokens: 43 },
  { tokenizer: "GPT", id: "openai/gpt-4", vocabulary: "cl100k", tokens: 43 },
  { tokenizer: "Llama3", id: "meta-llama/llama-3-8b-instruct", vocabulary: "cl100k", tokens: 43 },
  { tokenizer: "Qwen3", id: "qwen/qwen3-32b", vocabulary: "cl100k", tokens: 54 },
])("$tokenizer counts exactly as its own tokenizer does ($id)", async ({ tokenizer, id, vocabulary, tokens }) => {
  const family = tokenFamilyOf(model(tokenizer, 8_192, id));
  expect(family.vocabulary).toBe(vocabulary);
  expect(await countTokens(SAMPLE, family)).toBe(tokens);
});

test("no ordinary text has more tokens than the bound that decides whether it is counted", async () => {
  const word = fc.stringMatching(/^[a-z]{2,9}$/);
  const piece = fc.oneof(
    word,
    word,
    word,
    fc.constantFrom("123", "(x)", "—", "é", "日本", "\n", "{", "};"),
    fc.nat().map(String),
  );
  const families = ["GPT", "Claude", "Gemini", "Qwen3", "Llama2", "Other"].map((name) => tokenFamilyOf(model(name, 1)));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 200, maxLength: 400 }), async (pieces) => {
      const asked = request(pieces.join(" "));
      const tokens = await Promise.all(families.map((family) => countPromptTokens(asked, family)));
      // The smallest context before which the prompt is not counted is the bound itself.
      const bound = smallestUncounted(asked);
      for (const counted of tokens) expect(counted).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 30 },
  );
});

function smallestUncounted(asked: ReturnType<typeof request>): number {
  const needs = needsOf(asked);
  let [low, high] = [0, needs.promptTokensBound + 2];
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (measureContext(asked, [model("GPT", middle)], needs, () => true) instanceof Promise) low = middle;
    else high = middle;
  }
  return high;
}
