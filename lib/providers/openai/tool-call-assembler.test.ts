import { expect, test } from "vitest";
import type { ToolCallDelta } from "@/lib/schemas/chat-completion";
import { ToolCallAssembler } from "./tool-call-assembler";

type Fragment = Record<string, unknown>;

/** Feeds fragments one event after another and puts the calls together as a client would. */
function assemble(events: readonly (readonly Fragment[])[]): { id: string; name: string; arguments: string }[] {
  const assembler = new ToolCallAssembler();
  const deltas: ToolCallDelta[] = [
    ...events.flatMap((fragments) => assembler.add(fragments, "seed")),
    ...assembler.finish(),
  ];
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const { index, id, type, function: call } of deltas) {
    const known = calls[index];
    if (known !== undefined) {
      expect([id, type, call.name]).toEqual([undefined, undefined, undefined]);
      known.arguments += call.arguments;
      continue;
    }
    expect(index).toBe(calls.length);
    expect(type).toBe("function");
    calls.push({ id: id ?? "", name: call.name ?? "", arguments: call.arguments ?? "" });
  }
  return calls;
}

const A = { name: "a", arguments: '{"x":1}' };
const B = { name: "b", arguments: '{"y":2}' };

test.each<{ name: string; events: Fragment[][]; ids: unknown[] }>([
  {
    name: "index, id and name once, arguments in pieces",
    events: [
      [{ index: 0, id: "i1", type: "function", function: { name: "a", arguments: "" } }],
      [{ index: 0, function: { arguments: '{"x"' } }],
      [{ index: 0, function: { arguments: ":1}" } }],
      [{ index: 1, id: "i2", function: B }],
    ],
    ids: ["i1", "i2"],
  },
  {
    name: "id and name repeated in every fragment",
    events: [
      [{ index: 0, id: "i1", function: { name: "a", arguments: '{"x"' } }],
      [{ index: 0, id: "i1", function: { name: "a", arguments: ":1}" } }],
      [{ index: 1, id: "i2", function: { name: "b", arguments: '{"y":' } }],
      [{ index: 1, id: "i2", function: { name: "b", arguments: "2}" } }],
    ],
    ids: ["i1", "i2"],
  },
  {
    name: "index 0 for every call",
    events: [[{ index: 0, id: "i1", function: A }], [{ index: 0, id: "i2", function: B }]],
    ids: ["i1", "i2"],
  },
  {
    name: "indexes that start at 1",
    events: [[{ index: 1, id: "i1", function: A }], [{ index: 2, id: "i2", function: B }]],
    ids: ["i1", "i2"],
  },
  {
    name: "no index, arguments in pieces",
    events: [
      [{ id: "i1", function: { name: "a", arguments: '{"x"' } }],
      [{ function: { arguments: ":1}" } }],
      [{ id: "i2", function: B }],
    ],
    ids: ["i1", "i2"],
  },
  {
    name: "neither index nor id",
    events: [[{ function: A }, { function: B }]],
    ids: [expect.stringMatching(/^call_0_/), expect.stringMatching(/^call_1_/)],
  },
  {
    name: "empty ids",
    events: [[{ index: 0, id: "", function: A }], [{ index: 1, id: "", function: B }]],
    ids: [expect.stringMatching(/^call_0_/), expect.stringMatching(/^call_1_/)],
  },
  {
    name: "one id for both calls",
    events: [[{ index: 0, id: "same", function: A }], [{ index: 1, id: "same", function: B }]],
    ids: ["same", expect.stringMatching(/^call_1_/)],
  },
  {
    name: "the id before the name",
    events: [
      [{ index: 0, id: "i1", function: { name: null, arguments: "" } }],
      [{ index: 0, function: { name: "a", arguments: '{"x":1}' } }],
      [{ index: 1, id: "i2", function: B }],
    ],
    ids: ["i1", "i2"],
  },
  {
    name: "arguments as an object",
    events: [
      [{ index: 0, id: "i1", function: { name: "a", arguments: { x: 1 } } }],
      [{ index: 1, id: "i2", function: B }],
    ],
    ids: ["i1", "i2"],
  },
  {
    name: "fragments of nothing in between",
    events: [
      [{ index: 0, id: "i1", function: A }],
      [{ index: 0, function: null }, {}],
      [{ index: 1, id: "i2", function: B }],
    ],
    ids: ["i1", "i2"],
  },
])("two calls come out alike: $name", ({ events, ids }) => {
  expect(assemble(events)).toEqual([
    { id: ids[0], ...A },
    { id: ids[1], ...B },
  ]);
});

test("the same function called twice without index and id stays two calls", () => {
  const calls = assemble([[{ function: A }], [{ function: { ...A, arguments: '{"x":2}' } }]]);
  expect(calls.map((call) => call.arguments)).toEqual(['{"x":1}', '{"x":2}']);
});

test("a call without arguments gets an empty object, because clients parse what they get", () => {
  expect(assemble([[{ index: 0, id: "i1", function: { name: "a", arguments: "" } }]])).toEqual([
    { id: "i1", name: "a", arguments: "{}" },
  ]);
});
