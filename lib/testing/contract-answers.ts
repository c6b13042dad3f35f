import { describe, expect, test } from "vitest";
import { UpstreamError } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ProviderContract } from "./contract-terms";
import {
  decodeAll,
  errorThrownBy,
  expectNoTypeError,
  failureThrownBy,
  readBody,
  readEvents,
  withNulls,
} from "./contract-tools";
import { foldAnswer } from "./fold-answer";

const USAGE = { promptTokens: 21, completionTokens: 9, cachedTokens: 8 };

/** What the fixtures say, whoever says it. */
const ANSWERS = {
  text: { content: "Signal boxes – héllo 🚂 – keep trains apart.", finishReason: "stop", usage: USAGE, toolCalls: [] },
  "tool-call": {
    content: "",
    finishReason: "tool_calls",
    toolCalls: [{ name: "list_signals", arguments: {} }],
  },
  "parallel-tool-calls": {
    content: "Let me look.",
    finishReason: "tool_calls",
    toolCalls: [
      { name: "get_weather", arguments: { city: "Zürich", unit: "c" } },
      { name: "get_time", arguments: { zone: "Europe/Zurich" } },
    ],
  },
  reasoning: {
    content: "One train waits.",
    reasoning: "The line is single track. So one of them waits.",
    finishReason: "stop",
    usage: { promptTokens: 14, completionTokens: 20 },
    toolCalls: [],
  },
  length: { content: "One, two, three", finishReason: "length", toolCalls: [] },
  "content-filter": { finishReason: "content_filter", toolCalls: [] },
  empty: { content: "", finishReason: "stop", toolCalls: [] },
} as const;

const ANSWER_NAMES = [
  "text",
  "tool-call",
  "parallel-tool-calls",
  "reasoning",
  "length",
  "content-filter",
  "empty",
] as const;

/** What an adapter makes of answers, whole and streamed, cut and damaged. */
export function describeAnswers(contract: ProviderContract): void {
  const { adapter, fixtures } = contract;
  const eventsOf = (name: string, size?: number) => readEvents(fixtures, name, size, adapter.framing ?? "sse");

  describe(`answers of ${adapter.protocol}`, () => {
    test.each(ANSWER_NAMES)("%s is decoded as every adapter decodes it", (name) => {
      const answer = foldAnswer(decodeAll(adapter, eventsOf(name)));
      const calls = answer.toolCalls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) }));

      expect({ ...answer, toolCalls: calls }).toMatchObject(ANSWERS[name]);
      expect(new Set(answer.toolCalls.map(({ id }) => id)).size).toBe(calls.length);
      if (contract.answersHaveNoId === true) expect(answer.upstreamId).toBeUndefined();
      else expect(answer.upstreamId).toMatch(/./);
    });

    test.each(["text", "length", "content-filter"] as const)("%s keeps the provider's own word for its end", (name) => {
      const { nativeFinishReason } = foldAnswer(decodeAll(adapter, eventsOf(name)));
      expect(nativeFinishReason).toBe(contract.nativeFinishReasons[name]);
    });

    test.each(ANSWER_NAMES)("%s says the same whole as streamed", (name) => {
      const body: unknown = JSON.parse(readBody(fixtures, name));
      expect(foldAnswer(adapter.decodeBody(body))).toEqual(foldAnswer(decodeAll(adapter, eventsOf(name))));
    });

    // A network may cut anywhere, in the middle of a character as well.
    test.each([1, 2, 3, 7, 1_000])("says the same when bytes arrive %i at a time", (size) => {
      for (const name of ANSWER_NAMES) {
        expect(decodeAll(adapter, eventsOf(name, size))).toEqual(decodeAll(adapter, eventsOf(name)));
      }
    });

    test("cut at any event it says what came before, and that the end is missing", () => {
      for (const name of ANSWER_NAMES) {
        const events = eventsOf(name);
        const whole = decodeAll(adapter, events);
        for (let cut = 0; cut < events.length; cut++) {
          const decoder = adapter.createStreamDecoder();
          const before = events.slice(0, cut).flatMap((event) => decoder.decode(event));
          expect(before, `${name} cut at ${cut}`).toEqual(whole.slice(0, before.length));
          const hasFinished = before.some(({ finishReason }) => finishReason !== undefined);
          expect(decoder.isComplete(), `${name} cut at ${cut}`).toBe(hasFinished);
        }
      }
    });

    test("is complete once the provider has said why it stopped, and not before", () => {
      for (const name of ANSWER_NAMES) {
        const decoder = adapter.createStreamDecoder();
        let hasFinished = false;
        for (const event of eventsOf(name)) {
          expect(decoder.isComplete(), name).toBe(hasFinished);
          hasFinished ||= decoder.decode(event).some(({ finishReason }) => finishReason !== undefined);
        }
        expect(hasFinished && decoder.isComplete(), name).toBe(true);
      }
    });

    test("classes of tokens are parts of the totals", () => {
      for (const name of ANSWER_NAMES) {
        const { usage } = foldAnswer(decodeAll(adapter, eventsOf(name)));
        if (usage === undefined) throw new Error(`${name} has no usage`);
        expect(usage.cachedTokens + usage.cacheWriteTokens).toBeLessThanOrEqual(usage.promptTokens);
        expect(usage.reasoningTokens).toBeLessThanOrEqual(usage.completionTokens);
      }
    });

    test("a chunk with a delta is a chunk with content", () => {
      for (const name of ANSWER_NAMES) {
        for (const { delta } of decodeAll(adapter, eventsOf(name))) {
          if (delta === undefined) continue;
          expect(Object.values(delta).some((value) => value != null && value.length !== 0)).toBe(true);
        }
      }
    });

    test("an error in the stream is thrown after what came before it", () => {
      const decoder = adapter.createStreamDecoder();
      const chunks: ChatChunk[] = [];
      const run = () => {
        for (const event of eventsOf("mid-stream-error")) chunks.push(...decoder.decode(event));
      };
      const failure = failureThrownBy(run);
      expect(failure.status).toBe(contract.midStreamErrorStatus);
      expect(failure.message).toMatch(/\w/);
      expect(foldAnswer(chunks).content).toBe("Signal boxes");
      expect(decoder.isComplete()).toBe(false);
    });

    test.each(["not json", "[1]", "42", "null", '{"secret":"s3cr3t"}'])(
      "refuses the event %s without quoting it",
      (data) => {
        const error = errorThrownBy(() => adapter.createStreamDecoder().decode({ event: undefined, data }));
        expect(error).not.toBeInstanceOf(UpstreamError);
        expect(error.message).not.toMatch(/not json|secret|s3cr3t/);
      },
    );

    test.each([[null], ["text"], [42], [{}], [{ secret: "s3cr3t" }]])("refuses the body %j", (body) => {
      const error = errorThrownBy(() => adapter.decodeBody(body));
      expect(error).not.toBeInstanceOf(TypeError);
      expect(error.message).not.toMatch(/s3cr3t/);
    });

    test("null in any place is no surprise", () => {
      for (const name of ANSWER_NAMES) {
        const events = eventsOf(name);
        events.forEach(({ data }, at) => {
          for (const mutated of withNulls(data)) {
            const changed = events.map((event, index) => (index === at ? { ...event, data: mutated } : event));
            expectNoTypeError(() => decodeAll(adapter, changed), `${name}: ${mutated}`);
          }
        });
        for (const mutated of withNulls(readBody(fixtures, name))) {
          expectNoTypeError(() => adapter.decodeBody(JSON.parse(mutated)), `${name}: ${mutated}`);
        }
      }
    });
  });
}
