import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { openAiAdapter } from "@/lib/providers/openai/openai-adapter";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { chatCompletionChunkSchema, chatCompletionSchema } from "@/lib/schemas/chat-completion";
import { arbitraryAnswer } from "@/lib/testing/arbitrary-answer";
import { decodeAll } from "@/lib/testing/contract-tools";
import { ANSWER, bytesOf, dataIn, endingWith, eventsIn, says, thinks, thinksAloud } from "@/lib/testing/door-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { chatDoor } from "./chat-door";

const { form } = chatDoor.read(bytesOf({ messages: [{ role: "user", content: "hi" }] }));

function streamOf(
  groups: readonly (readonly ChatChunk[])[],
  ending: AnswerEnding = endingWith(),
  answer: AnswerIdentity = ANSWER,
): string {
  const writer = form.stream(answer);
  return groups.map((group) => writer.write(group)).join("") + writer.end(ending);
}

test("the answer that a client puts together is the answer that was given, streamed or whole", () => {
  fc.assert(
    fc.property(arbitraryAnswer, ({ groups, text, calls, reasoning }) => {
      const events = streamOf(groups);
      for (const chunk of dataIn(events)) chatCompletionChunkSchema.parse(chunk);
      const streamed = foldAnswer(decodeAll(openAiAdapter, eventsIn(events)));
      expect(streamed).toMatchObject({ content: text, toolCalls: calls, reasoning });
      const whole = chatCompletionSchema.parse(form.whole(ANSWER, groups.flat(), endingWith()));
      expect(foldAnswer(openAiAdapter.decodeBody(whole))).toMatchObject({ content: text, toolCalls: calls });
    }),
  );
});

describe("an answer that breaks off", () => {
  const ending = endingWith({ finishReason: "error", failure: new AppError("provider_failed", "gone") });

  test("says so in its last chunk, then what it cost", () => {
    expect(dataIn(streamOf([[says("a")]], ending))).toMatchObject([
      { choices: [{ delta: { content: "a" } }] },
      { choices: [{ finish_reason: "error" }], error: { code: 502, message: "gone" } },
      { choices: [], usage: { total_tokens: 42 } },
    ]);
  });

  test("or in its choice", () => {
    expect(form.whole(ANSWER, [says("a")], ending)).toMatchObject({
      choices: [{ finish_reason: "error", error: { code: 502 }, message: { content: "a" } }],
    });
  });
});

test("reasoning that the caller does not want leaves nothing behind", () => {
  const chunks = [thinksAloud("hm"), thinks({ type: "reasoning.text", text: "hm" }), says("a")];
  const hidden = { ...ANSWER, hidesReasoning: true };
  expect(streamOf([chunks], endingWith(), hidden)).not.toContain("hm");
  expect(dataIn(streamOf([chunks], endingWith(), hidden))).toHaveLength(3);
  expect(JSON.stringify(form.whole(hidden, chunks, endingWith()))).not.toContain("hm");
});
