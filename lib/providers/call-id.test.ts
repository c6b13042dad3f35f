import { expect, test } from "vitest";
import { callId } from "./call-id";

test("the same call of the same answer gets the same id, any other one another", () => {
  const ids = [
    callId(0, "a", "answer-1"),
    callId(1, "a", "answer-1"),
    callId(0, "b", "answer-1"),
    callId(0, "a", "answer-2"),
  ];
  expect(callId(0, "a", "answer-1")).toBe(ids[0]);
  expect(new Set(ids).size).toBe(4);
  // Anthropic takes an id of these characters only, and a conversation may go on there.
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
});
