import { expect, test } from "vitest";
import { foldAnswer } from "./fold-answer";

test("text, reasoning and refusal are joined in order", () => {
  const { message } = foldAnswer([
    { delta: { role: "assistant", content: "" } },
    { delta: { reasoning: "Let me " } },
    { delta: { reasoning: "think." } },
    { delta: { content: "Hel" } },
    { delta: { content: "lo" } },
  ]);
  expect(message).toEqual({ role: "assistant", content: "Hello", reasoning: "Let me think.", refusal: null });
});

test("parallel tool calls are put together by their index, whatever the order of their pieces", () => {
  const { message } = foldAnswer([
    { delta: { tool_calls: [{ index: 1, id: "b", type: "function", function: { name: "g", arguments: "" } }] } },
    { delta: { tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "f", arguments: '{"x"' } }] } },
    {
      delta: {
        tool_calls: [
          { index: 1, function: { arguments: "{}" } },
          { index: 0, function: { arguments: ":1}" } },
        ],
      },
    },
  ]);
  expect(message.content).toBeNull();
  expect(message.tool_calls).toEqual([
    { id: "a", type: "function", index: 0, function: { name: "f", arguments: '{"x":1}' } },
    { id: "b", type: "function", index: 1, function: { name: "g", arguments: "{}" } },
  ]);
});

test("pieces of one reasoning block become one block with its signature; encrypted blocks stay apart", () => {
  const format = "anthropic-claude-v1";
  const { message } = foldAnswer([
    { delta: { reasoning_details: [{ type: "reasoning.text", text: "a", format, index: 0 }] } },
    { delta: { reasoning_details: [{ type: "reasoning.text", text: "b", format, index: 0 }] } },
    { delta: { reasoning_details: [{ type: "reasoning.text", signature: "s", format, index: 0 }] } },
    { delta: { reasoning_details: [{ type: "reasoning.encrypted", data: "x", format, index: 1 }] } },
    { delta: { reasoning_details: [{ type: "reasoning.encrypted", data: "y", format, index: 1 }] } },
  ]);
  expect(message.reasoning_details).toEqual([
    { type: "reasoning.text", text: "ab", signature: "s", format, index: 0 },
    { type: "reasoning.encrypted", data: "x", format, index: 1 },
    { type: "reasoning.encrypted", data: "y", format, index: 1 },
  ]);
});

test("log probabilities, images, audio and annotations are kept", () => {
  const entry = (token: string) => ({ token, logprob: -1, bytes: null, top_logprobs: [] });
  const image = { type: "image_url" as const, image_url: { url: "data:image/png;base64,AA==" } };
  const { message, logprobs } = foldAnswer([
    { delta: { content: "a" }, logprobs: { content: [entry("a")], refusal: null } },
    { delta: { content: "b", images: [image] }, logprobs: { content: [entry("b")], refusal: null } },
    { delta: { audio: { id: "1", data: "AA", transcript: "a" } } },
    { delta: { audio: { data: "BB", transcript: "b" }, annotations: [{ type: "url_citation" }] } },
  ]);
  expect(logprobs?.content?.map(({ token }) => token)).toEqual(["a", "b"]);
  expect(message).toMatchObject({
    images: [image],
    audio: { id: "1", data: "AABB", transcript: "ab" },
    annotations: [{ type: "url_citation" }],
  });
});
