import { describe, expect, test } from "vitest";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { BlockEvent } from "@/lib/schemas/messages-answer";
import { beginsCall, cites, draws, goesOnWithCall, refuses, says, thinks, thinksAloud } from "@/lib/testing/door-tools";
import { openDetail, sealDetail } from "../sealed-detail";
import { BlockEvents, type ThinkingDisplay } from "./block-events";

function eventsOf(chunks: readonly ChatChunk[], display: ThinkingDisplay = "all"): BlockEvent[] {
  const blocks = new BlockEvents(display);
  return [...chunks.flatMap(({ delta }) => blocks.read(delta ?? {})), ...blocks.finish()];
}

/** Events in short: `0+text` block 0 begins, `0-` it ends, all else is what a delta holds. */
function short(events: readonly BlockEvent[]): string[] {
  return events.map((event) => {
    if (event.type === "content_block_start") return `${event.index}+${event.content_block.type}`;
    if (event.type === "content_block_stop") return `${event.index}-`;
    const [, value = ""] = Object.values(event.delta);
    return typeof value === "string" ? value : value.url;
  });
}

const thought = (text: string, more = {}) => ({ type: "reasoning.text", text, index: 0, ...more });
const NATIVE = { format: "anthropic-claude-v1" };

describe("blocks follow each other, numbered from 0", () => {
  test.each<{ name: string; chunks: ChatChunk[]; expected: string[] }>([
    { name: "nothing", chunks: [], expected: [] },
    { name: "a role alone", chunks: [{ delta: { role: "assistant", content: "" } }], expected: [] },
    { name: "a text", chunks: [says("He"), says("llo")], expected: ["0+text", "He", "llo", "0-"] },
    {
      name: "a refusal is a text",
      chunks: [refuses("I "), refuses("won't.")],
      expected: ["0+text", "I ", "won't.", "0-"],
    },
    {
      name: "thinking, signed at its end, then a text",
      chunks: [
        thinks(thought("h", NATIVE)),
        thinks(thought("m", NATIVE)),
        thinks(thought("", { ...NATIVE, signature: "S" })),
        says("a"),
      ],
      expected: ["0+thinking", "h", "m", "S", "0-", "1+text", "a", "1-"],
    },
    {
      name: "thinking that comes as plain text only",
      chunks: [thinksAloud("h"), thinksAloud("m"), says("a")],
      expected: ["0+thinking", "h", "m", "0-", "1+text", "a", "1-"],
    },
    {
      name: "plain text that says the details again is not said twice",
      chunks: [{ delta: { reasoning: "hm", reasoning_details: [thought("hm")] } }],
      expected: ["0+thinking", "hm", "0-"],
    },
    {
      name: "two thoughts, each with its signature",
      chunks: [
        thinks(thought("a", { ...NATIVE, signature: "S" }), thought("b", { ...NATIVE, index: 1, signature: "T" })),
      ],
      expected: ["0+thinking", "a", "S", "0-", "1+thinking", "b", "T", "1-"],
    },
    {
      name: "a redacted thought of the protocol's own goes through as it is",
      chunks: [thinks({ type: "reasoning.encrypted", data: "Emw", ...NATIVE }), says("a")],
      expected: ["0+redacted_thinking", "0-", "1+text", "a", "1-"],
    },
    {
      name: "calls one after another",
      chunks: [says("a"), beginsCall(0, "f", '{"a":'), goesOnWithCall(0, "1}"), beginsCall(1, "g", "{}")],
      expected: ["0+text", "a", "0-", "1+tool_use", '{"a":', "1}", "1-", "2+tool_use", "{}", "2-"],
    },
    {
      name: "a text after a call",
      chunks: [beginsCall(0, "f", "{}"), says("a")],
      expected: ["0+tool_use", "{}", "0-", "1+text", "a", "1-"],
    },
    {
      name: "thinking between texts",
      chunks: [says("a"), thinks(thought("h")), says("b")],
      expected: ["0+text", "a", "0-", "1+thinking", "h", "1-", "2+text", "b", "2-"],
    },
    {
      name: "what signs a text does not cut it in two",
      chunks: [says("a"), thinks({ type: "reasoning.encrypted", data: "G", format: "google-gemini-v1" }), says("b")],
      expected: ["0+text", "a", "b", "0-", "1+redacted_thinking", "1-"],
    },
    {
      name: "pictures are links in the text",
      chunks: [says("Look: "), draws("data:image/png;base64,iVBO")],
      expected: ["0+text", "Look: ", "![image](data:image/png;base64,iVBO)", "0-"],
    },
    {
      name: "a page that is cited",
      chunks: [says("a"), cites("https://a.test", "A")],
      expected: ["0+text", "a", "https://a.test", "0-"],
    },
    { name: "a citation of nothing", chunks: [cites("https://a.test", "A")], expected: [] },
    {
      name: "sound that is also told in words",
      chunks: [{ delta: { audio: { id: "x", data: "AAAA" } } }, { delta: { audio: { transcript: "la" } } }],
      expected: ["0+text", "la", "0-"],
    },
  ])("$name", ({ chunks, expected }) => {
    expect(short(eventsOf(chunks))).toEqual(expected);
  });
});

test("a signature of another maker's is sealed with what belongs to it", () => {
  const detail = thought("hm", { signature: "G", format: "google-gemini-v1", id: "r1" });
  const event = eventsOf([thinks(detail)]).find(
    (one) => one.type === "content_block_delta" && one.delta.type === "signature_delta",
  );
  const signature =
    event?.type === "content_block_delta" && event.delta.type === "signature_delta" ? event.delta.signature : "";
  const { text: _text, ...rest } = detail;
  expect(openDetail(signature)).toEqual(rest);
});

test("what only its maker can read is a redacted block with a seal", () => {
  const detail = { type: "reasoning.encrypted", data: "G", format: "google-gemini-v1", id: "t1", index: 0 };
  expect(eventsOf([thinks(detail)])[0]).toEqual({
    type: "content_block_start",
    index: 0,
    content_block: { type: "redacted_thinking", data: sealDetail(detail) },
  });
});

describe("thinking that is not shown", () => {
  const chunks = [thinks(thought("hm", { ...NATIVE, signature: "S" })), thinksAloud("loud"), says("a")];

  test("leaves nothing", () => {
    expect(short(eventsOf(chunks, "none"))).toEqual(["0+text", "a", "0-"]);
  });

  test("or its signature, which brings the text back", () => {
    const events = eventsOf(chunks, "signatures");
    expect(short(events)).toEqual(["0+thinking", expect.stringMatching(/^signalbox/), "0-", "1+text", "a", "1-"]);
    expect(openDetail(short(events)[1] ?? "")).toEqual(thought("hm", { ...NATIVE, signature: "S" }));
  });
});

test("a block begins empty, so that its deltas make all of it", () => {
  const begun = eventsOf([thinksAloud("h"), says("a"), beginsCall(0, "f", "{}")]).flatMap((event) =>
    event.type === "content_block_start" ? event.content_block : [],
  );
  expect(begun).toEqual([
    { type: "thinking", thinking: "", signature: "" },
    { type: "text", text: "", citations: null },
    { type: "tool_use", id: "call_0", name: "f", input: {}, caller: { type: "direct" } },
  ]);
});
