import { describe, expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { FileReference, Turn } from "@/lib/schemas/chatroom";
import { pathOf } from "./branches";
import { buildRequest } from "./build-request";
import { DEFAULT_SETTINGS, newRoomModel } from "./new-room";
import { testAnswer, testRound, testTurn } from "./test-data";

const model = newRoomModel("one", "acme/one");
const room = { settings: DEFAULT_SETTINGS };
const question = { text: "And now?", attachments: [] };
const files = new Map<string, string>();
const before = (...turns: Turn[]) => pathOf({ shown: {} }, turns);

function fileOf(kind: FileReference["kind"], mediaType: string): FileReference {
  return { id: kind, name: `a.${kind}`, kind, mediaType, bytes: 3 };
}

test("a first question is one message, and nothing that was not chosen", () => {
  expect(buildRequest({ room, model, before: [], question, files })).toEqual({
    model: "acme/one",
    messages: [{ role: "user", content: "And now?" }],
  });
});

test("each model is told its own answers, and those of others where it gave none", () => {
  const turns = before(
    testTurn("a", { answers: [testAnswer("x", "two"), testAnswer("y", "one")] }),
    testTurn("b", { parentId: "a", basis: { one: "y", two: "x" }, answers: [testAnswer("z", "two")] }),
  );
  const { messages } = buildRequest({ room, model, before: turns, question, files });
  expect(messages.map(({ content }) => content)).toEqual([
    "question a",
    "answer y",
    "question b",
    "answer z",
    "And now?",
  ]);
});

test("an exchange that brought nothing is left out", () => {
  const failed = testAnswer("x", "one", { rounds: [testRound()], state: { kind: "failed", status: 500, message: "" } });
  const turns = before(testTurn("a", { answers: [failed] }));
  expect(buildRequest({ room, model, before: turns, question, files }).messages).toHaveLength(1);
});

test("memory is so many turns and no more", () => {
  const turns = before(
    testTurn("a", { answers: [testAnswer("x", "one")] }),
    testTurn("b", { parentId: "a", answers: [testAnswer("y", "one")] }),
  );
  const told = (memory: number | null) =>
    buildRequest({ room: { settings: { ...DEFAULT_SETTINGS, memory } }, model, before: turns, question, files })
      .messages.length;
  expect([told(null), told(1), told(0)]).toEqual([5, 3, 1]);
});

describe("what comes back to the model that said it", () => {
  const reasoningDetails = [{ type: "reasoning.text", text: "hm", signature: "s" }];
  const annotations = [{ type: "file", file: { hash: "h", content: [] } }];
  const turns = before(
    testTurn("a", {
      answers: [testAnswer("x", "one", { rounds: [testRound({ text: "Yes.", reasoningDetails, annotations })] })],
    }),
  );

  test("signed reasoning and file annotations do", () => {
    const { messages } = buildRequest({ room, model, before: turns, question, files });
    expect(messages[1]).toEqual({
      role: "assistant",
      content: "Yes.",
      reasoning_details: reasoningDetails,
      annotations,
    });
  });

  test("another model is not shown the reasoning, but the annotations", () => {
    const { messages } = buildRequest({ room, model: newRoomModel("two", "acme/two"), before: turns, question, files });
    expect(messages[1]).toEqual({ role: "assistant", content: "Yes.", annotations });
  });
});

test("calls of tools go back with their results", () => {
  const called = testRound({
    text: "",
    toolSteps: [{ id: "c1", name: "clock", arguments: "", result: "noon", isError: false }],
  });
  const { messages } = buildRequest({ room, model, before: [], question, files, rounds: [called, testRound()] });
  expect(messages.slice(1)).toEqual([
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "c1", type: "function", function: { name: "clock", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "c1", content: "noon" },
  ]);
});

test("an answer that broke off is shown as it is, with the wish to go on", () => {
  const { messages } = buildRequest({
    room,
    model,
    before: [],
    question,
    files,
    rounds: [testRound({ text: "Half" })],
  });
  expect(messages[1]).toEqual({ role: "assistant", content: "Half" });
  expect(messages[2]).toMatchObject({ role: "user", content: expect.stringContaining("Go on exactly") });
});

test("an answer that was continued is one message later", () => {
  const answer = testAnswer("x", "one", { rounds: [testRound({ text: "Half" }), testRound({ text: " and half." })] });
  const { messages } = buildRequest({
    room,
    model,
    before: before(testTurn("a", { answers: [answer] })),
    question,
    files,
  });
  expect(messages[1]).toEqual({ role: "assistant", content: "Half and half." });
});

test.each([
  { file: fileOf("image", "image/png"), part: { type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } } },
  {
    file: fileOf("pdf", "application/pdf"),
    part: { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,QUJD" } },
  },
  { file: fileOf("audio", "audio/wav"), part: { type: "input_audio", input_audio: { data: "QUJD", format: "wav" } } },
  { file: fileOf("audio", "audio/mp4"), part: { type: "input_audio", input_audio: { data: "QUJD", format: "m4a" } } },
  { file: fileOf("text", "text/plain"), part: { type: "text", text: "a.text:\n\n```\nQUJD\n```" } },
])("$file.kind of $file.mediaType becomes a part that the API takes", ({ file, part }) => {
  const body = buildRequest({
    room,
    model,
    before: [],
    question: { text: "", attachments: [file] },
    files: new Map([[file.id, "QUJD"]]),
  });
  expect(body.messages[0]).toEqual({ role: "user", content: [part] });
  expect(chatRequestSchema.safeParse(body).error).toBeUndefined();
});

test("a text with fences gets a longer one", () => {
  const file = fileOf("text", "text/plain");
  const { messages } = buildRequest({
    room,
    model,
    before: [],
    question: { text: "", attachments: [file] },
    files: new Map([[file.id, "````\ncode\n````"]]),
  });
  expect(JSON.stringify(messages)).toContain("`````\\n````\\ncode");
});

test("a file that is gone is left out", () => {
  const attachments = [fileOf("image", "image/png")];
  const { messages } = buildRequest({ room, model, before: [], question: { text: "See?", attachments }, files });
  expect(messages).toEqual([{ role: "user", content: "See?" }]);
});

test.each([
  [{ reasoning: "off" as const }, { reasoning: { enabled: false } }],
  [{ reasoning: "high" as const }, { reasoning: { effort: "high" } }],
  [{ web: true }, { plugins: [{ id: "web" }] }],
  [
    { image: true, aspectRatio: "16:9" as const },
    { modalities: ["image", "text"], image_config: { aspect_ratio: "16:9" } },
  ],
  [{ image: false, aspectRatio: "16:9" as const }, {}],
  [{ preset: "support" }, { preset: "support" }],
  [{ provider: { sort: "price" as const } }, { provider: { sort: "price" } }],
])("%j asks for %j", (settings, expected) => {
  const body = buildRequest({
    room: { settings: { ...DEFAULT_SETTINGS, ...settings } },
    model,
    before: [],
    question,
    files,
  });
  const { model: _, messages: __, ...rest } = body;
  expect(rest).toEqual(expected);
  expect(chatRequestSchema.safeParse(body).error).toBeUndefined();
});

test("a PDF's parser is named only where there is a PDF", () => {
  const settings = { ...DEFAULT_SETTINGS, pdfEngine: "mistral-ocr" as const };
  const file = fileOf("pdf", "application/pdf");
  const body = (attachments: FileReference[]) =>
    buildRequest({ room: { settings }, model, before: [], question: { text: "?", attachments }, files });
  expect(body([file]).plugins).toEqual([{ id: "file-parser", pdf: { engine: "mistral-ocr" } }]);
  expect(body([]).plugins).toBeUndefined();
});

test("a model's own system prompt and parameters go over the room's", () => {
  const settings = { ...DEFAULT_SETTINGS, systemPrompt: "Be brief." };
  const own = { ...model, parameters: { temperature: 0.2, systemPrompt: "Be long." } };
  expect(buildRequest({ room: { settings }, model: own, before: [], question, files })).toEqual({
    model: "acme/one",
    messages: [
      { role: "system", content: "Be long." },
      { role: "user", content: "And now?" },
    ],
    temperature: 0.2,
  });
});

test("pictures that a model drew are shown to it again when it can see", () => {
  const image = { ...fileOf("image", "image/png"), id: "drawn" };
  const answer = testAnswer("x", "one", { rounds: [testRound({ text: "Here.", images: [image] })] });
  const ask = (inputs: readonly string[]) =>
    buildRequest({
      room,
      model,
      before: before(testTurn("a", { answers: [answer] })),
      question,
      files: new Map([["drawn", "QUJD"]]),
      inputs,
    }).messages;
  expect(ask([])).toHaveLength(3);
  expect(ask(["image"])[2]).toMatchObject({ role: "user", content: [{ type: "text" }, { type: "image_url" }] });
});

test("a model is not shown what it cannot read, but told that it was there", () => {
  const photo = { ...fileOf("image", "image/png"), name: "photo.png" };
  const { messages } = buildRequest({
    room,
    model,
    before: before(testTurn("a", { attachments: [photo], answers: [testAnswer("x", "one")] })),
    question,
    files: new Map([["image", "QUJD"]]),
    inputs: ["audio"],
  });
  expect(messages[0]).toEqual({
    role: "user",
    content: [
      { type: "text", text: "question a" },
      { type: "text", text: "(Attached here, and not shown to you: photo.png)" },
    ],
  });
});
