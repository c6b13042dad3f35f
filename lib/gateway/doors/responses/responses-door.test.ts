import fc from "fast-check";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { anthropicAdapter } from "@/lib/providers/anthropic/anthropic-adapter";
import { geminiAdapter } from "@/lib/providers/gemini/gemini-adapter";
import { openAiAdapter } from "@/lib/providers/openai/openai-adapter";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatMessage, ChatRequest, ReasoningDetail } from "@/lib/schemas/chat-request";
import type { OutputItem } from "@/lib/schemas/responses-answer";
import { arbitraryAnswer } from "@/lib/testing/arbitrary-answer";
import { arbitraryChatRequest } from "@/lib/testing/arbitrary-chat-request";
import { decodeAll, readEvents } from "@/lib/testing/contract-tools";
import { ANSWER, bytesOf, dataIn, endingWith } from "@/lib/testing/door-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { readResponses } from "./read-responses";
import { renderResponse } from "./response-answer";
import { responsesDoor } from "./responses-door";

const ASKED = { model: "a/b", input: "hi" };
const { parsed } = readResponses(bytesOf(ASKED));
const { form } = responsesDoor.read(bytesOf(ASKED));

function streamOf(groups: readonly (readonly ChatChunk[])[]): string {
  const writer = form.stream(ANSWER);
  return groups.map((group) => writer.write(group)).join("") + writer.end(endingWith());
}

/** What OpenAI's own client makes of a stream. */
async function clientsResponse(text: string) {
  const client = new OpenAI({
    apiKey: "k",
    maxRetries: 0,
    fetch: async () => new Response(text, { headers: { "content-type": "text/event-stream" } }),
  });
  return client.responses.stream(ASKED).finalResponse();
}

const outputOf = (groups: readonly (readonly ChatChunk[])[]): readonly OutputItem[] =>
  renderResponse(parsed, ANSWER, groups.flat(), endingWith()).output;

test("OpenAI's client makes the same response of a stream as of a whole answer", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAnswer, async ({ groups, text }) => {
      const response = await clientsResponse(streamOf(groups));
      expect(response).toMatchObject({ id: ANSWER.id, status: "completed", output_text: text });
      expect(response.output).toMatchObject(JSON.parse(JSON.stringify(outputOf(groups))));
    }),
    { numRuns: 50 },
  );
});

test("the deltas of an item make what its end says it is", () => {
  fc.assert(
    fc.property(arbitraryAnswer, ({ groups }) => {
      const grown = new Map<unknown, string>();
      const ended = new Map<unknown, string>();
      const data = dataIn(streamOf(groups));
      for (const { type, item_id, content_index = 0, delta, text, arguments: args } of data) {
        const place = `${item_id} ${content_index}`;
        if (String(type).endsWith(".delta")) grown.set(place, `${grown.get(place) ?? ""}${delta}`);
        const whole = text ?? args;
        if (String(type).endsWith(".done") && typeof whole === "string") ended.set(place, whole);
      }
      expect(grown).toEqual(ended);
      expect(data.map(({ sequence_number }) => sequence_number)).toEqual(data.map((_, index) => index));
    }),
  );
});

test("an answer that is given back brings its text, its calls and its reasoning unchanged", () => {
  const withoutPlace = ({ index: _index, ...detail }: ReasoningDetail) => detail;
  const isKept = ({ type, signature }: ReasoningDetail) => type !== "reasoning.text" || Boolean(signature);
  fc.assert(
    fc.property(arbitraryAnswer, ({ groups, text, calls, kept }) => {
      const input = [{ role: "user", content: "hi" }, ...outputOf(groups)];
      const { messages } = readResponses(bytesOf({ ...ASKED, input })).request;
      const turns = messages.flatMap((message) => (message.role === "assistant" ? message : []));
      expect(turns.map(({ content }) => textIn(content)).join("")).toBe(text);
      expect(turns.flatMap(({ tool_calls }) => tool_calls ?? [])).toEqual(
        calls.map(({ id, name, arguments: args }) => ({ id, type: "function", function: { name, arguments: args } })),
      );
      const details = turns.flatMap(({ reasoning_details }) => reasoning_details ?? []).filter(isKept);
      expect(details.map(withoutId).map(withoutPlace)).toEqual(kept.map(withoutPlace));
    }),
  );
  /** A summary that comes back has the id of its item. */
  function withoutId({ id: _id, ...detail }: ReasoningDetail): ReasoningDetail {
    return detail;
  }
});

function textIn(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

describe("a conversation said in this protocol is the same conversation", () => {
  test("whatever is in it", () => {
    fc.assert(
      fc.property(arbitraryChatRequest, ({ messages }) => {
        const read = readResponses(bytesOf({ ...ASKED, input: messages.flatMap(itemsOf) })).request.messages;
        expect(read.map(comparable)).toEqual(messages.map(comparable));
      }),
    );
  });

  /** The items of a message, as a client would write them. */
  function itemsOf(message: ChatMessage): unknown[] {
    if (message.role === "tool")
      return [{ type: "function_call_output", call_id: message.tool_call_id, output: partsOf(message.content) }];
    if (message.role !== "assistant") return [{ role: message.role, content: partsOf(message.content) }];
    const calls = (message.tool_calls ?? []).map(({ id, function: called }) => ({
      type: "function_call",
      call_id: id,
      name: called.name,
      arguments: called.arguments,
    }));
    const thoughts = (message.reasoning_details ?? []).map((detail) => ({
      type: "reasoning",
      summary: typeof detail.summary === "string" ? [{ type: "summary_text", text: detail.summary }] : [],
      ...(typeof detail.text === "string" ? { content: [{ type: "reasoning_text", text: detail.text }] } : {}),
      ...(detail.data == null ? {} : { encrypted_content: detail.data }),
      ...(detail.signature == null ? {} : { signature: detail.signature }),
      ...(detail.format == null ? {} : { format: detail.format }),
    }));
    return [...thoughts, { role: "assistant", content: partsOf(message.content ?? "") }, ...calls];
  }

  function partsOf(content: ChatRequest["messages"][number]["content"]): unknown {
    if (typeof content === "string") return content;
    return (content ?? []).map((part) => {
      if (part.type === "text") return { ...part, type: "input_text" };
      if (part.type === "image_url") return { type: "input_image", image_url: part.image_url.url };
      if (part.type === "file") return { type: "input_file", ...part.file };
      throw new Error(`no part of this kind was made: ${part.type}`);
    });
  }

  /** Without what is said in another way here: places, and one plain text as a list. */
  function comparable(message: ChatMessage): unknown {
    const { content } = message;
    const [first] = Array.isArray(content) ? content : [];
    const isPlain = Array.isArray(content) && content.length === 1 && first?.type === "text" && !first.cache_control;
    const said = { role: message.role, content: isPlain ? first.text : content };
    if (message.role === "tool") return { ...said, id: message.tool_call_id };
    if (message.role !== "assistant") return said;
    return {
      ...said,
      details: (message.reasoning_details ?? []).map(({ index: _index, ...detail }) => detail),
      calls: (message.tool_calls ?? []).map(({ id, function: called }) => ({ id, called })),
    };
  }
});

describe("what real providers have streamed", () => {
  const vendors = [
    {
      adapter: anthropicAdapter,
      folder: "anthropic",
      names: ["text", "reasoning", "parallel-tool-calls", "length", "web-search"],
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
    const response = await clientsResponse(streamOf([chunks]));
    const whole = foldAnswer(chunks);
    const thoughts = response.output.flatMap((item) =>
      item.type === "reasoning" ? [...(item.content ?? []), ...item.summary].map(({ text }) => text) : [],
    );
    const calls = response.output.flatMap((item) =>
      item.type === "function_call" ? { id: item.call_id, name: item.name, arguments: item.arguments } : [],
    );
    expect(response.output_text).toBe(whole.content);
    expect(thoughts.join("")).toBe(whole.reasoning);
    expect(calls).toEqual(whole.toolCalls);
  });
});
