import { expect, test } from "vitest";
import { outcomeOf } from "./request-outcome";

const attempt = (endpoint: string, status: number) => ({
  model: "m",
  provider: endpoint,
  endpoint,
  status,
  latencyMs: 1,
});

test.each([
  ["served", "finished", "stop", [attempt("a", 200)], "clear"],
  ["fell back, 1 failed", "finished", "stop", [attempt("a", 503), attempt("b", 200)], "caution"],
  ["served at try 2", "finished", "stop", [attempt("a", 503), attempt("a", 200)], "caution"],
  ["failed", "failed", null, [attempt("a", 503)], "stop"],
  ["failed, all 2 of them", "failed", "error", [attempt("a", 503), attempt("b", 500)], "stop"],
  ["broke off", "failed", "error", [attempt("a", 200)], "stop"],
  ["nobody could be asked", "failed", null, [], "stop"],
  ["stopped by the client", "aborted", null, [attempt("a", 200)], "idle"],
] as const)("%s", (word, state, finishReason, attempts, status) => {
  expect(outcomeOf({ state, finishReason, attempts: [...attempts] })).toEqual({ status, word });
});
