import { describe, expect, test } from "vitest";
import { requestOf } from "@/lib/chatroom/request-of";
import { memoryRoomStore } from "@/lib/chatroom/room-store";
import { roomSchema, turnSchema } from "@/lib/schemas/chatroom";
import { readConversation } from "./read-conversation";
import type { RequestBody } from "./request-form";
import { roomOfConversation } from "./room-of-conversation";

const MESSAGES = [{ role: "user", content: "Hi" }];
const MINIMAL = { model: "acme/one", messages: MESSAGES };

/** What the chat sends when the reader says "Try again" in the room that was made of a body. */
async function sentBy(body: RequestBody): Promise<unknown> {
  const conversation = readConversation(body);
  if (conversation.kind === "uncarried") return conversation;
  let last = 0;
  const { room, turns } = roomOfConversation(conversation, () => `id-${++last}`, 1_000);
  // As the browser keeps them.
  roomSchema.parse(room);
  for (const turn of turns) turnSchema.parse(turn);
  const [model] = room.models;
  const question = turns.at(-1);
  if (model === undefined || question === undefined) throw new Error("nothing to ask");
  const store = memoryRoomStore();
  const fact = { inputs: [], outputs: ["text", "image"], usesTools: true };
  return requestOf({ room, turns, turnId: question.id, model, rounds: [], store, fact, offeredTools: () => [] });
}

describe("a body that the chat can send is sent by it as it is", () => {
  test.each([
    { name: "with nothing but a question", body: MINIMAL },
    {
      name: "with a conversation",
      body: {
        model: "acme/one",
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "One?" },
          { role: "assistant", content: "First." },
          { role: "user", content: "Two?" },
          { role: "assistant", content: "Second." },
          { role: "user", content: "And now?" },
        ],
      },
    },
    {
      name: "with parameters",
      body: { ...MINIMAL, temperature: 0, top_p: 0.5, top_k: 3, seed: 7, max_tokens: 50, frequency_penalty: -1 },
    },
    {
      name: "with preferences of providers and a preset",
      body: {
        ...MINIMAL,
        preset: "mine",
        provider: {
          order: ["groq"],
          sort: { by: "price", partition: "none" },
          zdr: true,
          max_price: { prompt: "0.5" },
        },
      },
    },
    { name: "with an effort", body: { ...MINIMAL, reasoning: { effort: "high" } } },
    { name: "without reasoning", body: { ...MINIMAL, reasoning: { enabled: false } } },
    { name: "with a web search", body: { ...MINIMAL, plugins: [{ id: "web" }] } },
    {
      name: "for a picture",
      body: { ...MINIMAL, modalities: ["image", "text"], image_config: { aspect_ratio: "16:9" } },
    },
  ])("$name", async ({ body }) => expect(await sentBy(body)).toEqual(body));
});

test.each([
  {
    name: "other ways to write the same",
    body: { ...MINIMAL, models: ["acme/one"], stream: true, tools: [], n: null },
  },
  { name: "a model in the list alone", body: { models: ["acme/one"], messages: MESSAGES } },
  { name: "a prompt", body: { model: "acme/one", prompt: "Hi" } },
  {
    name: "one part of text",
    body: { model: "acme/one", messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] },
  },
])("$name: the chat asks the same", async ({ body }) => expect(await sentBy(body)).toEqual(MINIMAL));

test("the longest answer has two names", async () => {
  expect(await sentBy({ ...MINIMAL, max_completion_tokens: 9 })).toEqual({ ...MINIMAL, max_tokens: 9 });
});

test.each([
  { fields: ["models"], body: { ...MINIMAL, models: ["acme/one", "acme/two"] } },
  { fields: ["models"], body: { models: ["acme/one", "acme/two"], messages: MESSAGES } },
  {
    fields: ["tools", "response_format"],
    body: { ...MINIMAL, tools: [{ type: "function" }], response_format: { type: "json_object" } },
  },
  { fields: ["stop"], body: { ...MINIMAL, stop: ["END"] } },
  { fields: ["temperature"], body: { ...MINIMAL, temperature: "hot" } },
  { fields: ["systemPrompt"], body: { ...MINIMAL, systemPrompt: "Be brief." } },
  { fields: ["reasoning"], body: { ...MINIMAL, reasoning: { max_tokens: 100 } } },
  { fields: ["plugins"], body: { ...MINIMAL, plugins: [{ id: "web", max_results: 3 }] } },
  { fields: ["max_completion_tokens"], body: { ...MINIMAL, max_tokens: 1, max_completion_tokens: 2 } },
  { fields: ["image_config"], body: { ...MINIMAL, image_config: { aspect_ratio: "16:9" } } },
  { fields: ["a_new_field"], body: { ...MINIMAL, a_new_field: 1 } },
  { fields: ["toString"], body: { ...MINIMAL, toString: 1 } },
  { fields: ["model", "messages"], body: {} },
  { fields: ["messages"], body: { model: "acme/one", messages: [] } },
  { fields: ["messages"], body: { model: "acme/one", messages: [{ role: "assistant", content: "Hi" }] } },
  { fields: ["messages"], body: { model: "acme/one", messages: [...MESSAGES, ...MESSAGES] } },
  { fields: ["messages"], body: { model: "acme/one", messages: [...MESSAGES, { role: "assistant", content: "Ho" }] } },
  { fields: ["messages"], body: { model: "acme/one", messages: [{ role: "user", name: "Ada", content: "Hi" }] } },
  {
    fields: ["messages"],
    body: {
      model: "acme/one",
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://x.test/a.png" } }] }],
    },
  },
])("what the chat has no place for is named: $fields", ({ fields, body }) => {
  expect(readConversation(body)).toEqual({ kind: "uncarried", fields });
});
