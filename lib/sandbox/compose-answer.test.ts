import { describe, expect, test } from "vitest";
import { composeAnswer } from "@/lib/sandbox/compose-answer";
import { measureImage } from "@/lib/sandbox/measure-image";
import type { Answer, Question } from "@/lib/sandbox/question";
import { questionOf } from "@/lib/sandbox/test-question";
import { countTokens } from "@/lib/sandbox/tokens";

function answerTo(more: Partial<Question>): Answer {
  return composeAnswer(questionOf(more), 42);
}

function textOf(answer: Answer): string {
  return answer.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}

describe("ordinary prose", () => {
  test.each(["What is the capital of France?", "Explain prompt caching to me", "¿Qué hora es?", "hi", ""])(
    "%j is answered in 40 to 150 tokens, counted exactly",
    (userText) => {
      const answer = answerTo({ userText });
      expect(answer.completionTokens).toBeGreaterThanOrEqual(40);
      expect(answer.completionTokens).toBeLessThanOrEqual(150);
      expect(answer.completionTokens).toBe(countTokens(textOf(answer)));
      expect(answer.finish).toBe("stop");
    },
  );

  test("it says what was asked, of whom, at what length and in which turn", () => {
    const text = textOf(answerTo({ userText: "Why is the sky blue?", userTurns: 3 }));
    expect(text).toContain("Why is the sky blue?");
    expect(text).toContain("acme/model-1 at deepinfra");
    expect(text).toContain("42");
    expect(text).toContain("turn number 3");
  });

  test("it acknowledges the system prompt, what came along and what tools returned", () => {
    const text = textOf(
      answerTo({
        userText: "What is this?",
        system: "Talk like a pirate.",
        attachments: [
          {
            kind: "image",
            mediaType: "image/png",
            sizeBytes: 2048,
            size: { widthPx: 64, heightPx: 32 },
            name: null,
            fingerprint: "x",
          },
          { kind: "file", mediaType: "application/pdf", sizeBytes: 900, size: null, name: "a.pdf", fingerprint: "y" },
        ],
        toolResults: [
          { name: "get_weather", content: '{"sky":"clear"}', failed: false },
          { name: "get_time", content: "timeout", failed: true },
        ],
      }),
    );
    expect(text).toContain("Talk like a pirate.");
    expect(text).toContain("an image (PNG, 64×32, 2.0 kB)");
    expect(text).toContain("a file “a.pdf” (PDF, 900 bytes)");
    expect(text).toContain('`get_weather` returned: {"sky":"clear"}');
    expect(text).toContain("`get_time` failed: timeout");
  });

  test("code and a table come as markdown", () => {
    const text = textOf(answerTo({ userText: "Show me Python code to sort lists, and a table of it" }));
    expect(text).toMatch(/```python\ndef \w+\([\s\S]+?\n```/);
    expect(text).toMatch(/^\| What \| Value \|\n\| --- \| --- \|\n\| Model \|/m);
  });
});

describe("wanted lengths", () => {
  test.each([
    ["Answer in one word: why?", 1],
    ["Reply in exactly 7 words", 7],
    ["Write 1,500 words about rails", 1500],
  ])("%s", (userText, words) => {
    expect(textOf(answerTo({ userText })).split(/\s+/)).toHaveLength(words);
  });

  test("an echo is said back as it is", () => {
    expect(textOf(answerTo({ userText: "Say exactly: a  b\n\nc" }))).toBe("a  b\n\nc");
  });
});

describe("where an answer ends", () => {
  test("at the limit, to the token", () => {
    const answer = answerTo({ userText: "Write 500 words", maxTokens: 20 });
    expect(answer).toMatchObject({ finish: "length", completionTokens: 20, stopSequence: null });
    expect(countTokens(textOf(answer))).toBe(20);
  });

  test("not before the limit when it fits exactly", () => {
    expect(answerTo({ userText: "say exactly: one two three", maxTokens: 3 }).finish).toBe("stop");
  });

  test("before the earliest stop sequence, which is named", () => {
    const answer = answerTo({ userText: "say exactly: one two three four", stop: ["four", "three", ""] });
    expect(textOf(answer)).toBe("one two ");
    expect(answer).toMatchObject({ finish: "stopSequence", stopSequence: "three" });
  });

  test("at the limit when that comes before the stop sequence", () => {
    const answer = answerTo({ userText: "say exactly: one two three four", stop: ["four"], maxTokens: 2 });
    expect(answer).toMatchObject({ finish: "length", stopSequence: null });
  });

  test("with no content at all for a limit of 0", () => {
    expect(answerTo({ userText: "hi", maxTokens: 0 })).toMatchObject({
      parts: [],
      finish: "length",
      completionTokens: 0,
    });
  });

  test("a call that does not fit is left out", () => {
    const tools = [{ name: "get_weather", description: "", schema: { type: "object", properties: {} } }];
    const answer = answerTo({ userText: "weather?", tools, toolChoice: "any", maxTokens: 1 });
    expect(answer).toMatchObject({ parts: [], finish: "length" });
  });
});

describe("reasoning", () => {
  test("comes first, is counted, and leaves room for the answer", () => {
    const answer = answerTo({ userText: "Why?", reasoning: { maxTokens: 200 }, maxTokens: 60 });
    expect(answer.parts.map((part) => part.kind)).toEqual(["reasoning", "text"]);
    expect(answer.reasoningTokens).toBeGreaterThan(0);
    expect(answer.reasoningTokens).toBeLessThanOrEqual(30);
    expect(answer.completionTokens).toBe(answer.reasoningTokens + countTokens(textOf(answer)));
  });

  test("counts against the limit together with the answer", () => {
    const answer = answerTo({ userText: "Write 500 words", reasoning: { maxTokens: 200 }, maxTokens: 90 });
    expect(answer).toMatchObject({ finish: "length", completionTokens: 90 });
  });

  test("more effort thinks longer", () => {
    const userText = "Why is the sky blue?";
    const little = answerTo({ userText, reasoning: { maxTokens: 60 } });
    const much = answerTo({ userText, reasoning: { maxTokens: 500 } });
    expect(much.reasoningTokens).toBeGreaterThan(little.reasoningTokens);
  });
});

describe("other forms", () => {
  test("calls come instead of prose, with a sentence before them where the model talks", () => {
    const tools = [{ name: "get_weather", description: "", schema: { type: "object", properties: {} } }];
    const quiet = answerTo({ userText: "the weather please", tools });
    expect(quiet).toMatchObject({ finish: "toolCalls", parts: [{ kind: "toolCall", name: "get_weather" }] });
    const talking = answerTo({ userText: "the weather please", tools, talksBeforeTools: true });
    expect(talking.parts.map((part) => part.kind)).toEqual(["text", "toolCall"]);
  });

  test("JSON without a schema has the keys that were named", () => {
    const named = answerTo({ userText: "Rome as JSON with keys city, country and note", format: { kind: "json" } });
    expect(Object.keys(JSON.parse(textOf(named)))).toEqual(["city", "country", "note"]);
    expect(JSON.parse(textOf(answerTo({ userText: "json please", format: { kind: "json" } })))).toHaveProperty(
      "answer",
    );
  });

  test("JSON for a schema fits it", () => {
    const schema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
    expect(JSON.parse(textOf(answerTo({ userText: "give 5", format: { kind: "schema", schema } })))).toEqual({ n: 5 });
  });

  test("a picture has the wanted shape and its price", () => {
    const answer = answerTo({ userText: "A red fox", image: { aspectRatio: "16:9" } });
    const picture = answer.parts.find((part) => part.kind === "image");
    const measured = measureImage(Buffer.from(picture?.base64 ?? "", "base64"));
    expect((measured?.widthPx ?? 0) / (measured?.heightPx ?? 1)).toBeCloseTo(16 / 9, 1);
    expect(answer.imageTokens).toBeGreaterThan(0);
    expect(answer.completionTokens).toBeGreaterThan(answer.imageTokens);
  });
});

describe("repeatability", () => {
  test("equal questions get equal answers", () => {
    expect(answerTo({ userText: "Why?" })).toEqual(answerTo({ userText: "Why?" }));
  });

  test("seeds choose among answers, and an equal seed chooses the same", () => {
    const texts = Array.from({ length: 8 }, (_, seed) => textOf(answerTo({ userText: "Write 30 words", seed })));
    expect(new Set(texts).size).toBeGreaterThan(1);
    expect(textOf(answerTo({ userText: "Write 30 words", seed: 3 }))).toBe(texts[3]);
  });
});
