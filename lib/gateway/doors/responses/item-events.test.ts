import { describe, expect, test } from "vitest";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ItemEvent, ItemStatus, OutputItem } from "@/lib/schemas/responses-answer";
import { beginsCall, cites, draws, goesOnWithCall, refuses, says, thinks, thinksAloud } from "@/lib/testing/door-tools";
import { openDetail } from "../sealed-detail";
import { ItemEvents, type ItemOptions } from "./item-events";

const OPTIONS: ItemOptions = {
  idSuffix: "x",
  hidesReasoning: false,
  encryptsReasoning: false,
  customNames: new Set(["custom"]),
};

function itemsOf(
  chunks: readonly ChatChunk[],
  options: Partial<ItemOptions> = {},
  status: ItemStatus = "completed",
): { events: ItemEvent[]; output: readonly OutputItem[] } {
  const items = new ItemEvents({ ...OPTIONS, ...options });
  const events = [
    ...chunks.flatMap(({ delta, logprobs }) => items.read(delta ?? {}, logprobs)),
    ...items.finish(status),
  ];
  return { events, output: items.output };
}

/** The names of the events without what they have in common, each with the place of its item. */
const short = (events: readonly ItemEvent[]) =>
  events.map(({ type, output_index: place }) => `${place} ${type.replace("response.", "")}`);

const thought = (text: string, more = {}) => ({ type: "reasoning.text", text, index: 0, ...more });
const summary = (text: string, more = {}) => ({ type: "reasoning.summary", summary: text, index: 0, ...more });

const MESSAGE = (place: number, ...between: string[]) => [
  `${place} output_item.added`,
  `${place} content_part.added`,
  ...between.map((name) => `${place} ${name}`),
  `${place} output_text.done`,
  `${place} content_part.done`,
  `${place} output_item.done`,
];
const CALL = (place: number, deltas = 1) => [
  `${place} output_item.added`,
  ...Array.from({ length: deltas }, () => `${place} function_call_arguments.delta`),
  `${place} function_call_arguments.done`,
  `${place} output_item.done`,
];
const THOUGHT = (place: number, deltas = 1) => [
  `${place} output_item.added`,
  `${place} content_part.added`,
  ...Array.from({ length: deltas }, () => `${place} reasoning_text.delta`),
  `${place} reasoning_text.done`,
  `${place} content_part.done`,
  `${place} output_item.done`,
];

describe("items follow each other, numbered from 0", () => {
  test.each<{ name: string; chunks: ChatChunk[]; expected: string[] }>([
    { name: "nothing", chunks: [], expected: [] },
    { name: "a role alone", chunks: [{ delta: { role: "assistant", content: "" } }], expected: [] },
    { name: "a text", chunks: [says("a"), says("b")], expected: MESSAGE(0, "output_text.delta", "output_text.delta") },
    {
      name: "reasoning, a text, two calls",
      chunks: [
        thinks(thought("h")),
        thinks(thought("m", { signature: "S" })),
        says("a"),
        beginsCall(0, "f", '{"a":'),
        goesOnWithCall(0, "1}"),
        beginsCall(1, "g", "{}"),
      ],
      expected: [...THOUGHT(0, 2), ...MESSAGE(1, "output_text.delta"), ...CALL(2, 2), ...CALL(3)],
    },
    {
      name: "a summary",
      chunks: [thinks(summary("short"))],
      expected: [
        "0 output_item.added",
        "0 reasoning_summary_part.added",
        "0 reasoning_summary_text.delta",
        "0 reasoning_summary_text.done",
        "0 reasoning_summary_part.done",
        "0 output_item.done",
      ],
    },
    {
      name: "reasoning that comes as plain text only",
      chunks: [thinksAloud("h"), thinksAloud("m")],
      expected: THOUGHT(0, 2),
    },
    {
      name: "what nobody else can read",
      chunks: [thinks({ type: "reasoning.encrypted", data: "G" }), says("a")],
      expected: ["0 output_item.added", "0 output_item.done", ...MESSAGE(1, "output_text.delta")],
    },
    {
      name: "what signs a text does not cut it in two",
      chunks: [says("a"), thinks({ type: "reasoning.encrypted", data: "G" }), says("b")],
      expected: [...MESSAGE(0, "output_text.delta", "output_text.delta"), "1 output_item.added", "1 output_item.done"],
    },
    {
      name: "a refusal",
      chunks: [refuses("No"), refuses(".")],
      expected: [
        "0 output_item.added",
        "0 content_part.added",
        "0 refusal.delta",
        "0 refusal.delta",
        "0 refusal.done",
        "0 content_part.done",
        "0 output_item.done",
      ],
    },
    {
      name: "a text that turns into a refusal is one message of two parts",
      chunks: [says("Well"), refuses("No.")],
      expected: [
        "0 output_item.added",
        "0 content_part.added",
        "0 output_text.delta",
        "0 output_text.done",
        "0 content_part.done",
        "0 content_part.added",
        "0 refusal.delta",
        "0 refusal.done",
        "0 content_part.done",
        "0 output_item.done",
      ],
    },
    {
      name: "a page that is cited",
      chunks: [says("a"), cites("https://a.test", "A")],
      expected: MESSAGE(0, "output_text.delta", "output_text.annotation.added"),
    },
    {
      name: "a picture",
      chunks: [draws("data:image/png;base64,iVBO")],
      expected: ["0 output_item.added", "0 image_generation_call.completed", "0 output_item.done"],
    },
    {
      name: "a call of a tool that takes plain text",
      chunks: [beginsCall(0, "custom", '{"input":'), goesOnWithCall(0, '"a\\nb"}')],
      expected: [
        "0 output_item.added",
        "0 custom_tool_call_input.delta",
        "0 custom_tool_call_input.done",
        "0 output_item.done",
      ],
    },
  ])("$name", ({ chunks, expected }) => {
    expect(short(itemsOf(chunks).events)).toEqual(expected);
  });
});

test("an item has one id from its first event to its last, and no two have the same", () => {
  const { events, output } = itemsOf([
    thinks(thought("h")),
    says("a"),
    beginsCall(0, "f", "{}"),
    draws("https://a.test/b.png"),
  ]);
  const ids = output.map(({ id }) => id);
  expect(ids).toEqual(["rs_x_0", "msg_x_1", "fc_x_2", "ig_x_3"]);
  for (const { output_index, item_id = ids[output_index] } of events) expect(item_id).toBe(ids[output_index]);
});

test("the last event of an item is the item itself", () => {
  const { events, output } = itemsOf([
    thinks(thought("h")),
    says("a"),
    beginsCall(0, "f", '{"a":1}'),
    beginsCall(1, "custom", '{"input":"x"}'),
  ]);
  expect(events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item)).toEqual(output);
  expect(output).toEqual([
    {
      type: "reasoning",
      id: "rs_x_0",
      status: "completed",
      summary: [],
      content: [{ type: "reasoning_text", text: "h" }],
    },
    {
      type: "message",
      id: "msg_x_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "a", annotations: [], logprobs: [] }],
    },
    { type: "function_call", id: "fc_x_2", call_id: "call_0", name: "f", arguments: '{"a":1}', status: "completed" },
    { type: "custom_tool_call", id: "ctc_x_3", call_id: "call_1", name: "custom", input: "x", status: "completed" },
  ]);
});

describe("reasoning keeps what its maker needs to have back", () => {
  const signed = thought("hm", { signature: "S", format: "anthropic-claude-v1", id: "r" });

  test("a signature, beside its text", () => {
    const [item] = itemsOf([thinks(signed)]).output;
    expect(item).toMatchObject({ signature: "S", format: "anthropic-claude-v1", content: [{ text: "hm" }] });
    expect(item).not.toHaveProperty("encrypted_content");
  });

  test("all of it in one word, for callers who ask for that", () => {
    const [item] = itemsOf([thinks(signed)], { encryptsReasoning: true }).output;
    expect(item?.type === "reasoning" ? openDetail(item.encrypted_content ?? "") : undefined).toEqual(signed);
  });

  test("what only its maker can read, always", () => {
    const detail = { type: "reasoning.encrypted", data: "G", format: "google-gemini-v1", id: "t1", index: 0 };
    const [item] = itemsOf([thinks(detail)]).output;
    expect(item?.type === "reasoning" ? openDetail(item.encrypted_content ?? "") : undefined).toEqual(detail);
  });

  test("or nothing, for callers who do not want it", () => {
    expect(itemsOf([thinks(signed), thinksAloud("h"), says("a")], { hidesReasoning: true }).output).toMatchObject([
      { type: "message" },
    ]);
  });
});

describe("an item that the end finds open is as complete as the answer", () => {
  test.each<{ name: string; chunks: ChatChunk[]; statuses: string[] }>([
    { name: "a text", chunks: [says("a")], statuses: ["incomplete"] },
    {
      name: "the last of two calls",
      chunks: [beginsCall(0, "f", "{}"), beginsCall(1, "g", '{"a"')],
      statuses: ["completed", "incomplete"],
    },
    { name: "a text after a thought", chunks: [thinksAloud("h"), says("a")], statuses: ["completed", "incomplete"] },
  ])("$name", ({ chunks, statuses }) => {
    expect(itemsOf(chunks, {}, "incomplete").output.map(({ status }) => status)).toEqual(statuses);
  });
});

test("likelihoods come with their text", () => {
  const token = { token: "a", logprob: -0.1, bytes: [97], top_logprobs: [{ token: "b", logprob: -2, bytes: null }] };
  const chunk: ChatChunk = { delta: { content: "a" }, logprobs: { content: [token], refusal: null } };
  const { events, output } = itemsOf([chunk]);
  const expected = [{ ...token, top_logprobs: [{ token: "b", logprob: -2, bytes: [] }] }];
  expect(events.find(({ type }) => type.endsWith("text.delta"))).toMatchObject({ delta: "a", logprobs: expected });
  expect(output).toMatchObject([{ content: [{ logprobs: expected }] }]);
});

test("a picture is given without the head of its data URL", () => {
  expect(itemsOf([draws("data:image/png;base64,iVBO"), draws("https://a.test/b.png")]).output).toMatchObject([
    { type: "image_generation_call", result: "iVBO" },
    { type: "image_generation_call", result: "https://a.test/b.png" },
  ]);
});
