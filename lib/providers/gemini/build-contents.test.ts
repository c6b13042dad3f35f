import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { decodeAll, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { geminiAdapter } from "./gemini-adapter";

const LEVELS = { reasoning: { efforts: ["low", "medium", "high"], budget: false } };
const BUDGET = { reasoning: { efforts: [], budget: true } };

describe("signatures", () => {
  const fixtures = new URL("__fixtures__/", import.meta.url);
  const turnOf = (fixture: string) => {
    const answer = foldAnswer(decodeAll(geminiAdapter, readEvents(fixtures, fixture)));
    return {
      role: "assistant",
      content: answer.content === "" ? null : answer.content,
      images: answer.images,
      reasoning_details: answer.reasoningDetails,
      tool_calls: answer.toolCalls.map(({ id, ...call }) => ({ id, type: "function", function: call })),
    };
  };
  const replay = (turn: object, target: object) =>
    buildUpstream(geminiAdapter, { messages: [{ role: "user", content: "hi" }, turn] }, { target });

  test("go back on the parts they came with: a call", () => {
    const { body, droppedParameters } = replay(turnOf("signed-call"), LEVELS);
    expect(body.contents).toHaveProperty("1.parts", [
      { functionCall: { id: "fc-7a", name: "get_time", args: { zone: "UTC" } }, thoughtSignature: "Sgn1==" },
      { functionCall: { id: "fc-7b", name: "get_time", args: { zone: "CET" } } },
    ]);
    expect(droppedParameters).toEqual([]);
  });

  test("go back on the parts they came with: text", () => {
    expect(replay(turnOf("reasoning"), LEVELS).body.contents).toHaveProperty("1.parts", [
      { text: "One train waits.", thoughtSignature: "Ck4Bx6tVlQ==" },
    ]);
  });

  test("go back on the parts they came with: an image", () => {
    expect(replay(turnOf("image"), LEVELS).body.contents).toHaveProperty("1.parts", [
      { inlineData: { mimeType: "image/png", data: expect.stringMatching(/^iVBOR/) }, thoughtSignature: "Imsig==" },
    ]);
  });

  test("of other providers stay out, which is reported; the first of their calls gets a stand-in where one is demanded", () => {
    const turn = {
      ...turnOf("signed-call"),
      reasoning_details: [{ type: "reasoning.encrypted", data: "x", id: "fc-7a", format: "anthropic-claude-v1" }],
    };
    const newer = replay(turn, LEVELS);
    expect(newer.body.contents).toHaveProperty("1.parts.0.thoughtSignature", "skip_thought_signature_validator");
    expect(newer.body.contents).not.toHaveProperty("1.parts.1.thoughtSignature");
    expect(newer.droppedParameters).toEqual(["reasoning_details"]);
    expect(JSON.stringify(replay(turn, BUDGET).body)).not.toContain("thoughtSignature");
  });
});
