import { expect, test } from "vitest";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { makeModel } from "@/lib/testing/make-model";
import { withOwnModalities } from "./own-modalities";

const ask = (more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: "user", content: "a fox" }],
  ...more,
});
const making = (...outputModalities: ("text" | "image" | "audio" | "embeddings")[]) =>
  makeModel({ endpoints: [{ provider: "p" }], fact: { outputModalities } });

test.each([
  { name: "a model that only draws is asked to", model: making("image"), request: ask(), expected: ["image"] },
  {
    name: "and not for words",
    model: making("image"),
    request: ask({ modalities: ["image", "text"] }),
    expected: ["image"],
  },
  {
    name: "one that also writes does what it is told",
    model: making("text", "image"),
    request: ask(),
    expected: undefined,
  },
  {
    name: "what converses with nobody stays as it is",
    model: making("embeddings"),
    request: ask(),
    expected: undefined,
  },
])("$name", ({ model, request, expected }) => {
  expect(withOwnModalities(request, model).modalities).toEqual(expected);
});
