import { expect, test } from "vitest";
import { estimateCost, guessTokens } from "./estimate-cost";
import { DEFAULT_SETTINGS, newRoomModel } from "./new-room";

const fact = { promptPrice: 2, completionPrice: 10 };
const one = { room: newRoomModel("one", "acme/one"), fact };
const settings = { reasoning: "off" as const, image: false };

test("is a range over all models, of which the actual cost lies within", () => {
  const text = "word ".repeat(800); // 800 tokens, and some
  const estimate = estimateCost({ models: [one, one], texts: [text], attachments: [], settings });
  expect(estimate?.models).toBe(2);
  const actual = 2 * ((2 * 800 + 10 * 300) / 1e6);
  expect(estimate?.lowUsd).toBeLessThan(actual);
  expect(estimate?.highUsd).toBeGreaterThan(actual);
});

test("a limit on the answer limits what it can cost", () => {
  const limited = { ...one, room: { ...one.room, parameters: { max_tokens: 100 } } };
  const open = estimateCost({ models: [one], texts: ["Hi"], attachments: [], settings });
  const closed = estimateCost({ models: [limited], texts: ["Hi"], attachments: [], settings });
  expect(closed?.highUsd).toBeLessThan(open?.highUsd ?? 0);
});

test("nobody is asked: nothing to estimate; a price that is not known adds nothing", () => {
  expect(estimateCost({ models: [], texts: [], attachments: [], settings: DEFAULT_SETTINGS })).toBeUndefined();
  const unknown = { ...one, fact: { promptPrice: -1, completionPrice: -1 } };
  expect(estimateCost({ models: [unknown], texts: ["Hi"], attachments: [], settings })).toMatchObject({
    lowUsd: 0,
    highUsd: 0,
  });
});

test("files count", () => {
  const file = { id: "f", name: "a.pdf", mediaType: "application/pdf", kind: "pdf" as const, bytes: 1, pages: 10 };
  const bare = estimateCost({ models: [one], texts: [], attachments: [], settings });
  const withFile = estimateCost({ models: [one], texts: [], attachments: [file], settings });
  expect((withFile?.promptTokens ?? 0) - (bare?.promptTokens ?? 0)).toBe(12_000);
});

test("letters of dense scripts are a token each", () => {
  expect(guessTokens("你好世界")).toBe(4);
  expect(guessTokens("four letters")).toBe(3);
});
