import fc from "fast-check";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import { beginsCall, goesOnWithCall, says, thinks, thinksAloud } from "./door-tools";

/** One thing that a model does in its answer. */
type Step =
  | { kind: "says"; texts: string[] }
  | { kind: "thinks"; type: "reasoning.text" | "reasoning.summary"; texts: string[]; maker: string; signature: string }
  | { kind: "thinks aloud"; texts: string[] }
  | { kind: "hides"; data: string; maker: string }
  | { kind: "calls"; name: string; value: string; cut: number };

const texts = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 });
const word = fc.stringMatching(/^[A-Za-z0-9+/]{4,12}$/);
const maker = fc.constantFrom("anthropic-claude-v1", "google-gemini-v1", "openai-responses-v1");

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("says" as const), texts }),
  fc.record({
    kind: fc.constant("thinks" as const),
    type: fc.constant("reasoning.text" as const),
    texts,
    maker,
    signature: fc.oneof(fc.constant(""), word),
  }),
  fc.record({
    kind: fc.constant("thinks" as const),
    type: fc.constant("reasoning.summary" as const),
    texts,
    maker: fc.constant("openai-responses-v1"),
    signature: fc.constant(""),
  }),
  fc.record({ kind: fc.constant("thinks aloud" as const), texts }),
  fc.record({ kind: fc.constant("hides" as const), data: word, maker }),
  fc.record({
    kind: fc.constant("calls" as const),
    name: fc.constantFrom("f", "g"),
    value: fc.string({ unit: "grapheme", maxLength: 6 }),
    cut: fc.nat({ max: 8 }),
  }),
);

export type AnswerOfSteps = {
  /** In the groups that the network may have made. */
  groups: ChatChunk[][];
  text: string;
  calls: { id: string; name: string; arguments: string }[];
  /** The reasoning that must come back unchanged: what is signed, summarised or hidden. */
  kept: ReasoningDetail[];
  /** All text of the reasoning. */
  reasoning: string;
};

/** Answers in which text, reasoning of several makers and calls follow each other in any order. */
export const arbitraryAnswer: fc.Arbitrary<AnswerOfSteps> = fc
  .tuple(fc.array(step, { maxLength: 8 }), fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }))
  .map(([steps, sizes]) => {
    const answer: AnswerOfSteps = { groups: [], text: "", calls: [], kept: [], reasoning: "" };
    const chunks = steps.flatMap((one, index) => chunksOf(one, index, answer));
    for (let at = 0, turn = 0; at < chunks.length; turn += 1) {
      const size = (sizes[turn % sizes.length] ?? 0) + 1;
      answer.groups.push(chunks.slice(at, at + size));
      at += size;
    }
    return answer;
  });

function chunksOf(one: Step, index: number, answer: AnswerOfSteps): ChatChunk[] {
  switch (one.kind) {
    case "says":
      answer.text += one.texts.join("");
      return one.texts.map(says);
    case "thinks aloud":
      answer.reasoning += one.texts.join("");
      return one.texts.map(thinksAloud);
    case "hides": {
      const detail = { type: "reasoning.encrypted", data: one.data, format: one.maker, index };
      answer.kept.push(detail);
      return [thinks(detail)];
    }
    case "thinks": {
      const field = one.type === "reasoning.text" ? "text" : "summary";
      const common = { type: one.type, format: one.maker, index };
      const signature = one.signature === "" ? {} : { signature: one.signature };
      answer.reasoning += one.texts.join("");
      if (one.type === "reasoning.summary" || one.signature !== "")
        answer.kept.push({ ...common, [field]: one.texts.join(""), ...signature });
      return one.texts.map((text, position) => {
        const isLast = position === one.texts.length - 1;
        return thinks({ ...common, [field]: text, ...(isLast ? signature : {}) });
      });
    }
    case "calls": {
      const place = answer.calls.length;
      const text = JSON.stringify({ value: one.value });
      answer.calls.push({ id: `call_${place}`, name: one.name, arguments: text });
      return [beginsCall(place, one.name, text.slice(0, one.cut)), goesOnWithCall(place, text.slice(one.cut))];
    }
  }
}
