import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { countPromptTokens, countTokens } from "./count-tokens";

describe("counting tokens", () => {
  test.each([
    { name: "nothing", text: "", tokens: 0 },
    { name: "words", text: "hello world this is text", tokens: 5 },
    // Seven: the tokenizer's own number for the word as text. As a special token it would be refused.
    { name: "the tokenizer's own control words, as text", text: "<|endoftext|>", tokens: 7 },
  ])("counts $name", async ({ text, tokens }) => {
    expect(await countTokens(text)).toBe(tokens);
  });

  test("takes any text, even half characters, and finds at most one token a byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 400 }), async (text) => {
        const tokens = await countTokens(text);
        expect(tokens).toBeGreaterThanOrEqual(text === "" ? 0 : 1);
        // And one more for every run that is broken.
        expect(tokens).toBeLessThanOrEqual(Buffer.byteLength(text) + Math.ceil(text.length / 128));
      }),
      { numRuns: 200 },
    );
    // Random signs are the slowest text there is, and the machine may be busy.
  }, 30_000);

  test.each([
    { name: "letters", text: "x".repeat(400_000) },
    {
      name: "random letters",
      text: Array.from({ length: 400_000 }, (_, i) => "aeioubcdfgh"[(i * i * 7) % 11]).join(""),
    },
    { name: "blanks", text: " ".repeat(400_000) },
  ])("never holds the event loop for long over a run of $name", async ({ text }) => {
    await countTokens("warm");
    let longestMs = 0;
    let lastMs = performance.now();
    const ticks = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    });
    const tokens = await countTokens(text);
    clearInterval(ticks);
    expect(tokens).toBeGreaterThan(1_000);
    // Unbroken, the run would take minutes.
    expect(longestMs).toBeLessThan(1_000);
  });

  test("a prompt costs its texts, its calls, its tools and the framing of its messages", async () => {
    const request = chatRequestSchema.parse({
      model: "m",
      messages: [
        { role: "system", content: "hello world" },
        { role: "user", content: [{ type: "text", text: "hello world" }] },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "1", type: "function", function: { name: "hello", arguments: "{}" } }],
        },
      ],
    });
    expect(await countPromptTokens(request)).toBe(3 * 4 + 2 + 2 + 1 + 1);
  });
});
