import { expect, test } from "vitest";
import { makeModel } from "@/lib/testing/make-model";
import { withReachableLimit } from "./reachable-limit";

const SMALL = makeModel({
  id: "a/small",
  endpoints: [
    { provider: "p", maxOutputTokens: 16_384 },
    { provider: "q", maxOutputTokens: 8_192 },
  ],
});
const LARGE = makeModel({ id: "a/large", endpoints: [{ provider: "p", maxOutputTokens: 64_000 }] });
const ELSEWHERE = makeModel({ id: "a/elsewhere", endpoints: [{ provider: "away", maxOutputTokens: 1_000 }] });
const UNKNOWN = {
  ...SMALL,
  endpoints: SMALL.endpoints.map((endpoint) => ({ ...endpoint, maxOutputTokens: undefined })),
};

test.each([
  { name: "what the model can give", limit: 32_000, models: [SMALL], expected: 16_384 },
  { name: "what was asked for, if it is less", limit: 9_000, models: [SMALL], expected: 9_000 },
  { name: "what the first can give, whoever follows", limit: 32_000, models: [SMALL, LARGE], expected: 16_384 },
  { name: "not what nobody here can be asked for", limit: 32_000, models: [ELSEWHERE, LARGE], expected: 32_000 },
  { name: "any limit where none is known", limit: 32_000, models: [UNKNOWN], expected: 32_000 },
  { name: "no limit", limit: undefined, models: [SMALL], expected: undefined },
  { name: "a limit for nobody", limit: 32_000, models: [ELSEWHERE], expected: 32_000 },
])("$name", ({ limit, models, expected }) => {
  const request = {
    messages: [{ role: "user" as const, content: "hi" }],
    ...(limit === undefined ? {} : { max_tokens: limit }),
  };
  const lowered = withReachableLimit(request, models, ({ provider }) => provider.slug !== "away");
  expect(lowered.max_tokens).toBe(expected);
});
