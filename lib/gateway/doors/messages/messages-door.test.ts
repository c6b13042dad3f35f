import Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anthropicAdapter } from "@/lib/providers/anthropic/anthropic-adapter";
import { geminiAdapter } from "@/lib/providers/gemini/gemini-adapter";
import { openAiAdapter } from "@/lib/providers/openai/openai-adapter";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatRequest, ReasoningDetail } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import { arbitraryAnswer } from "@/lib/testing/arbitrary-answer";
import { arbitraryChatRequest } from "@/lib/testing/arbitrary-chat-request";
import { decodeAll, readEvents } from "@/lib/testing/contract-tools";
import { ANSWER, bytesOf, endingWith, eventsIn } from "@/lib/testing/door-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { messagesDoor } from "./messages-door";

const ASKED = { model: "a/b", max_tokens: 100, messages: [{ role: "user", content: "hi" }] } as const;
const { form } = messagesDoor.read(bytesOf(ASKED));

function streamOf(groups: readonly (readonly ChatChunk[])[]): string {
  const writer = form.stream(ANSWER);
  return groups.map((group) => writer.write(group)).join("") + writer.end(endingWith());
}

/** What Anthropic's own client makes of a stream. */
async function clientsMessage(text: string): Promise<Anthropic.Message> {
  const client = new Anthropic({
    apiKey: "k",
    maxRetries: 0,
    fetch: async () => new Response(text, { headers: { "content-type": "text/event-stream" } }),
  });
  return client.messages.stream({ ...ASKED, messages: [...ASKED.messages] }).finalMessage();
}

const wholeOf = (groups: readonly (readonly ChatChunk[])[]): unknown =>
  JSON.parse(JSON.stringify(form.whole(ANSWER, groups.flat(), endingWith())));

test("Anthropic's client makes the same message of a stream as of a whole answer", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAnswer, async ({ groups }) => {
      const { id, stop_reason, content } = await clientsMessage(streamOf(groups));
      const blocks = content.map((block) => ({ ...block }));
      // The client's own addition.
      for (const block of blocks) Reflect.deleteProperty(block, "parsed_output");
      expect(wholeOf(groups)).toMatchObject({ id, stop_reason, content: blocks });
    }),
    { numRuns: 50 },
  );
});

test("nothing that was said, thought or called is lost, doubled or out of order", () => {
  fc.assert(
    fc.property(arbitraryAnswer, ({ groups, text, calls, reasoning }) => {
      const answer = foldAnswer(decodeAll(anthropicAdapter, eventsIn(streamOf(groups))));
      expect(answer).toMatchObject({ content: text, reasoning, toolCalls: calls, finishReason: "stop" });
    }),
  );
});

test("an answer that is given back brings its reasoning back to its maker unchanged", () => {
  const withoutPlace = ({ index: _index, ...detail }: ReasoningDetail) => detail;
  fc.assert(
    fc.property(arbitraryAnswer, ({ groups, text, calls, kept }) => {
      const message = wholeOf(groups);
      const content = typeof message === "object" && message !== null && "content" in message ? message.content : [];
      const turn = { role: "assistant", content };
      const { request } = messagesDoor.read(bytesOf({ ...ASKED, messages: [...ASKED.messages, turn] }));
      const said = request.messages[1];
      if (said?.role !== "assistant") throw new Error("the turn is lost");
      const isKept = ({ type, signature }: ReasoningDetail) => type !== "reasoning.text" || Boolean(signature);
      expect((said.reasoning_details ?? []).filter(isKept).map(withoutPlace)).toEqual(kept.map(withoutPlace));
      expect(textIn(said.content)).toBe(text);
      expect(said.tool_calls ?? []).toEqual(
        calls.map(({ id, name, arguments: text }) => ({ id, type: "function", function: { name, arguments: text } })),
      );
    }),
  );
});

function textIn(content: ChatRequest["messages"][number]["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

test("a request in the protocol's own form reaches its maker as it was", () => {
  const target = {
    ...PLAIN_TARGET,
    maxOutputTokens: 64_000,
    supportedParameters: new Set([
      "temperature",
      "top_p",
      "top_k",
      "stop",
      "tools",
      "structured_outputs",
      "reasoning",
      "verbosity",
    ]),
    reasoning: { efforts: ["none", "low", "medium", "high", "max"], budget: true },
  };
  const bodyOf = (request: ChatRequest) =>
    JSON.parse(
      anthropicAdapter.buildRequest({
        request,
        target,
        stream: false,
        maxTokens: request.max_tokens ?? undefined,
        betaFeatures: [],
      }).body,
    );
  fc.assert(
    fc.property(arbitraryChatRequest, (request) => {
      // A choice of a tool that is not there is refused at our door; JSON is asked for by a tool of the adapter's own.
      fc.pre(typeof request.tool_choice !== "object" && (request.response_format?.type ?? "text") === "text");
      let body: unknown;
      try {
        body = bodyOf(request);
      } catch {
        return; // it cannot be said to Anthropic at all
      }
      expect(bodyOf(messagesDoor.read(bytesOf(body)).request)).toEqual(body);
    }),
    { numRuns: 300 },
  );
});

describe("what real providers have streamed", () => {
  const vendors = [
    {
      adapter: anthropicAdapter,
      folder: "anthropic",
      names: ["text", "reasoning", "tool-call", "parallel-tool-calls", "length", "web-search"],
    },
    {
      adapter: geminiAdapter,
      folder: "gemini",
      names: ["text", "reasoning", "signed-call", "parallel-tool-calls", "image"],
    },
    {
      adapter: openAiAdapter,
      folder: "openai",
      names: ["text", "reasoning.deepseek", "reasoning-details", "parallel-tool-calls"],
    },
  ];
  const cases = vendors.flatMap(({ adapter, folder, names }) => names.map((name) => ({ adapter, folder, name })));
  test.each(cases)("$folder: $name", async ({ adapter, folder, name }) => {
    const chunks = decodeAll(
      adapter,
      readEvents(new URL(`../../../providers/${folder}/__fixtures__/`, import.meta.url), name),
    );
    const { content } = await clientsMessage(streamOf([chunks]));
    const whole = foldAnswer(chunks);
    const texts = content.flatMap((block) => (block.type === "text" ? block.text : []));
    const thoughts = content.flatMap((block) => (block.type === "thinking" ? block.thinking : []));
    const calls = content.flatMap((block) =>
      block.type === "tool_use" ? { id: block.id, name: block.name, input: block.input } : [],
    );
    expect(texts.join("")).toContain(whole.content);
    expect(thoughts.join("")).toBe(whole.reasoning);
    expect(calls).toEqual(
      whole.toolCalls.map(({ id, name: called, arguments: text }) => ({
        id,
        name: called,
        input: JSON.parse(text || "{}"),
      })),
    );
  });
});
