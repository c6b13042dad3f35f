import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ToolCallDelta } from "@/lib/schemas/chat-completion";
import { CallSequence, type CallStep } from "./call-sequence";

const begin = (index: number, name: string, text = ""): ToolCallDelta => ({
  index,
  id: `call_${index}`,
  type: "function",
  function: { name, arguments: text },
});
const more = (index: number, text: string): ToolCallDelta => ({ index, function: { arguments: text } });

function stepsOf(groups: readonly (readonly ToolCallDelta[])[]): CallStep[] {
  const sequence = new CallSequence();
  return [...groups.flatMap((group) => sequence.add(group)), ...sequence.finish()];
}

/** Steps in short: `+f` a call of f begins, `-` it ends, all else are arguments. */
const short = (steps: readonly CallStep[]) =>
  steps.map((step) => (step.kind === "start" ? `+${step.name}` : step.kind === "stop" ? "-" : step.text));

describe("calls come one after another", () => {
  test.each<{ name: string; groups: ToolCallDelta[][]; expected: string[] }>([
    {
      name: "one call",
      groups: [[begin(0, "f")], [more(0, '{"a"')], [more(0, ":1}")]],
      expected: ["+f", '{"a"', ":1}", "-"],
    },
    { name: "no arguments at all", groups: [[begin(0, "f")]], expected: ["+f", "-"] },
    {
      name: "two, one after another",
      groups: [[begin(0, "f", "{}")], [begin(1, "g", "{")], [more(1, "}")]],
      expected: ["+f", "{}", "-", "+g", "{", "}", "-"],
    },
    {
      name: "two, begun together",
      groups: [[begin(0, "f", '{"a":'), begin(1, "g", '{"b":')], [more(1, "2}")], [more(0, "1}")]],
      expected: ["+f", '{"a":', "1}", "-", "+g", '{"b":2}', "-"],
    },
    {
      name: "one without arguments before another",
      groups: [[begin(0, "f")], [begin(1, "g", "{}")]],
      expected: ["+f", "-", "+g", "{}", "-"],
    },
    {
      name: "three in one group",
      groups: [[begin(0, "f", "{}"), begin(1, "g", "{}"), begin(2, "h", "{}")]],
      expected: ["+f", "{}", "-", "+g", "{}", "-", "+h", "{}", "-"],
    },
    {
      name: "one that is cut off keeps its place",
      groups: [[begin(0, "f", '{"a":'), begin(1, "g", '{"b":2}')]],
      expected: ["+f", '{"a":', "-", "+g", '{"b":2}', "-"],
    },
  ])("$name", ({ groups, expected }) => {
    expect(short(stepsOf(groups))).toEqual(expected);
  });
});

test("whatever the order of the pieces, each call arrives whole, and ends before the next one begins", () => {
  const calls = fc.array(fc.record({ name: fc.constantFrom("f", "g"), value: fc.string() }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(calls, fc.infiniteStream(fc.nat({ max: 100 })), (wanted, random) => {
      const waiting = wanted.map(({ name, value }, index) => {
        const text = JSON.stringify({ value });
        const cut = random.next().value % text.length;
        return [begin(index, name), more(index, text.slice(0, cut)), more(index, text.slice(cut))];
      });
      const pieces: ToolCallDelta[] = [];
      while (waiting.some((queue) => queue.length > 0)) {
        // The first pieces come in the order of the calls.
        const ready = waiting.filter(
          (queue, index) => queue.length > 0 && (index === 0 || (waiting[index - 1]?.length ?? 0) < 3),
        );
        const piece = ready[random.next().value % ready.length]?.shift();
        if (piece !== undefined) pieces.push(piece);
      }

      const arrived: { name: string; text: string }[] = [];
      let isOpen = false;
      for (const step of stepsOf(pieces.map((piece) => [piece]))) {
        if (step.kind === "start") {
          expect(isOpen).toBe(false);
          isOpen = true;
          arrived.push({ name: step.name, text: "" });
        } else if (step.kind === "arguments") {
          expect(isOpen).toBe(true);
          const last = arrived.at(-1);
          if (last !== undefined) last.text += step.text;
        } else {
          isOpen = false;
        }
      }
      expect(isOpen).toBe(false);
      expect(arrived).toEqual(wanted.map(({ name, value }) => ({ name, text: JSON.stringify({ value }) })));
    }),
  );
});
