import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { ANSWER, beginsCall, cites, endingWith, goesOnWithCall, says, thinks } from "@/lib/testing/door-tools";
import type { AnswerEnding } from "../door";
import { renderMessage } from "./message-answer";

const render = (chunks: readonly ChatChunk[], ending: AnswerEnding = endingWith()) =>
  renderMessage(ANSWER, chunks, ending, "all", []);

test("a message with thinking, text and calls", () => {
  const message = render(
    [
      thinks({ type: "reasoning.text", text: "h", format: "anthropic-claude-v1", index: 0 }),
      thinks({ type: "reasoning.text", text: "m", format: "anthropic-claude-v1", index: 0, signature: "S" }),
      says("Le"),
      says("t me see."),
      cites("https://a.test", "A", "words"),
      beginsCall(0, "f", '{"a":'),
      beginsCall(1, "g"),
      goesOnWithCall(0, "1}"),
    ],
    endingWith({ finishReason: "tool_calls" }),
  );
  expect(message).toMatchObject({ id: ANSWER.id, type: "message", role: "assistant", stop_reason: "tool_use" });
  expect(message.content).toEqual([
    { type: "thinking", thinking: "hm", signature: "S" },
    {
      type: "text",
      text: "Let me see.",
      citations: [
        {
          type: "web_search_result_location",
          url: "https://a.test",
          title: "A",
          cited_text: "words",
          encrypted_index: "",
        },
      ],
    },
    { type: "tool_use", id: "call_0", name: "f", input: { a: 1 }, caller: { type: "direct" } },
    { type: "tool_use", id: "call_1", name: "g", input: {}, caller: { type: "direct" } },
  ]);
});

test("a call that the output limit cut off is given without its arguments", () => {
  expect(render([beginsCall(0, "f", '{"a":')]).content).toMatchObject([{ type: "tool_use", input: {} }]);
});

test("an answer that broke off is a refusal: the protocol has no place for half a message", () => {
  const failure = new AppError("provider_failed", "gone");
  expect(() => render([says("a")], endingWith({ finishReason: "error", failure }))).toThrow(failure);
});
