import fc from "fast-check";
import { expect, test } from "vitest";
import { quantizationSchema } from "@/lib/schemas/catalog";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { SORT_WORDS } from "@/lib/schemas/provider-preferences";
import { arbitraryChatRequest } from "@/lib/testing/arbitrary-chat-request";
import { changeForm, OUTPUTS, type RequestForm, readForm } from "./request-form";

const names = fc.uniqueArray(fc.constantFrom("deepinfra", "groq", "openai", "acme/turbo"));
const form: fc.Arbitrary<RequestForm> = fc.record({
  model: fc.constantFrom("acme/one", "acme/two:free"),
  fallbackModels: fc.subarray(["acme/three", "acme/four"]),
  prompt: fc.string(),
  maxTokens: fc.option(fc.integer({ min: 1, max: 100_000 })),
  sort: fc.constantFrom("", ...SORT_WORDS),
  order: names,
  only: names,
  ignore: names,
  allowFallbacks: fc.boolean(),
  requireParameters: fc.boolean(),
  denyDataCollection: fc.boolean(),
  zeroDataRetention: fc.boolean(),
  quantizations: fc.subarray([...quantizationSchema.options]),
  maxPromptPrice: fc.constantFrom("", "0", "0.5", "0.10", "12"),
  maxCompletionPrice: fc.constantFrom("", "1", "1.50"),
  withTools: fc.boolean(),
  output: fc.constantFrom(...OUTPUTS),
  withImage: fc.boolean(),
});

test("what is filled in is what the body says, and the API takes it", () => {
  fc.assert(
    fc.property(form, (filledIn) => {
      const body = changeForm({ model: "x", messages: [{ role: "user", content: "" }] }, filledIn);
      expect(readForm(body)).toEqual(filledIn);
      expect(chatRequestSchema.safeParse(JSON.parse(JSON.stringify(body))).error).toBeUndefined();
    }),
  );
});

test("from one filled form to any other, whatever was there before", () => {
  fc.assert(
    fc.property(form, form, (first, second) => {
      expect(readForm(changeForm(changeForm({}, first), second))).toEqual(second);
    }),
  );
});

test("a form that nobody touched changes nothing, and one field changes nothing else", () => {
  fc.assert(
    fc.property(arbitraryChatRequest, form, (request, filledIn) => {
      const body: Record<string, unknown> = { ...request };
      expect(changeForm(body, readForm(body))).toEqual(body);
      const { zeroDataRetention } = filledIn;
      expect(readForm(changeForm(body, { zeroDataRetention }))).toEqual({ ...readForm(body), zeroDataRetention });
    }),
  );
});

test("what the form has no place for stays", () => {
  const body = {
    model: "acme/one",
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hi", cache_control: { type: "ephemeral" } }] },
    ],
    provider: { sort: { by: "price", partition: "none" }, max_price: { input: "1", request: 0.1 } },
    temperature: 0.2,
  };
  expect(changeForm(body, { prompt: "Bye", sort: "latency", maxPromptPrice: "2" })).toEqual({
    ...body,
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Bye", cache_control: { type: "ephemeral" } }] },
    ],
    provider: { sort: { by: "latency", partition: "none" }, max_price: { prompt: 2, request: 0.1 } },
  });
});
