import { describe, expect, test } from "vitest";
import type { Room, Turn } from "@/lib/schemas/chatroom";
import { textOf } from "./answer-totals";
import { pathOf } from "./branches";
import { type FileData, readChatFile, UnreadableChatFile, writeChatFile } from "./chat-file";
import { DEFAULT_SETTINGS, newRoom, newRoomModel } from "./new-room";
import { testAnswer, testRound, testTurn } from "./test-data";

function counter(): () => string {
  let last = 0;
  return () => `new-${++last}`;
}

/** What is in view, as people read it. */
function viewOf({ room, turns }: { room: Room; turns: readonly Turn[] }): string[] {
  return pathOf(room, turns).flatMap(({ turn, answers }) => [
    `> ${turn.text}`,
    ...answers.map(({ answer }) => `${answer.requestedModelId}: ${textOf(answer)}`),
  ]);
}

const everything = testRound({
  generationId: "gen-1",
  modelId: "acme/one",
  provider: "Acme",
  text: "Größe 𝄞\u2028",
  reasoning: "hm",
  reasoningDetails: [{ type: "reasoning.encrypted", data: "AAA", id: "r1", format: "acme", index: 0 }],
  images: [{ id: "drawn", name: "picture.png", mediaType: "image/png", kind: "image", bytes: 3 }],
  annotations: [{ type: "file", file: { hash: "h", content: [{ type: "text", text: "page" }] } }],
  toolSteps: [{ id: "c1", name: "clock", arguments: "{}", result: "noon", isError: false }],
  finishReason: "stop",
  usage: { promptTokens: 1, completionTokens: 2, reasoningTokens: 0, cachedTokens: 0, costUsd: 1e-9 },
});

const room: Room = {
  ...newRoom(
    "room",
    [{ ...newRoomModel("one", "acme/one"), parameters: { temperature: 0, seed: 7 } }],
    DEFAULT_SETTINGS,
    5,
  ),
  title: "A room",
  isPinned: true,
  shown: { "": "a" },
};
const turns = [
  testTurn("a", {
    attachments: [{ id: "given", name: "a.pdf", mediaType: "application/pdf", kind: "pdf", bytes: 3, pages: 2 }],
    answers: [testAnswer("x", "one", { rounds: [everything] }), testAnswer("y", "one", { state: { kind: "stopped" } })],
    shown: { one: "x" },
  }),
  testTurn("b", {
    parentId: "a",
    basis: { one: "x" },
    answers: [testAnswer("z", "one", { state: { kind: "failed", status: 402, message: "No.", metadata: { a: 1 } } })],
  }),
];
const files: FileData[] = [
  {
    id: "given",
    name: "a.pdf",
    mediaType: "application/pdf",
    kind: "pdf",
    bytes: 3,
    pages: 2,
    roomId: "room",
    data: "QUJD",
  },
  { id: "drawn", name: "picture.png", mediaType: "image/png", kind: "image", bytes: 3, roomId: "room", data: "QUJD" },
];

describe("a file of ours", () => {
  test("comes back as it went, attachments included", () => {
    const written = JSON.stringify(writeChatFile([{ room, turns }], files, 1_763_690_000_000));
    expect(readChatFile(written, counter())).toEqual({ rooms: [{ room, turns }], files, from: "Signalbox" });
  });

  test("read and written again is the same file", () => {
    const first = JSON.stringify(writeChatFile([{ room, turns }], files, 0));
    const read = readChatFile(first, counter());
    expect(JSON.stringify(writeChatFile(read.rooms, read.files, 0))).toBe(first);
  });

  test("an answer that was on its way then is a lost one", () => {
    const running = testTurn("a", { answers: [testAnswer("x", "one", { state: { kind: "streaming" } })] });
    const written = JSON.stringify(writeChatFile([{ room, turns: [running] }], [], 0));
    expect(readChatFile(written, counter()).rooms[0]?.turns[0]?.answers[0]?.state).toEqual({ kind: "lost" });
  });

  test("that is damaged says where", () => {
    const written = writeChatFile([{ room, turns }], [], 0);
    const damaged = JSON.stringify({ ...written, rooms: [{ ...room, turns: "none" }] });
    expect(() => readChatFile(damaged, counter())).toThrow(/damaged at rooms\.0\.turns/);
  });

  test.each([
    { name: "a turn of another room", file: writeChatFile([{ room, turns: [testTurn("a", { roomId: "b" })] }], [], 0) },
    { name: "a file of a room that is not there", file: writeChatFile([], files, 0) },
  ])("$name is damage too", ({ file }) => {
    expect(() => readChatFile(JSON.stringify(file), counter())).toThrow(/damaged at .* room/);
  });
});

test.each(["", "no json", "{}", "[]", "null", '{"rooms":[]}', '[{"uuid":"c1","chat_messages":[]}]'])(
  "%j is refused in words for people",
  (text) => {
    expect(() => readChatFile(text, counter())).toThrow(UnreadableChatFile);
  },
);

describe("OpenRouter's chatroom", () => {
  const message = (id: string, characterId: string, second: number, parentMessageId?: string) => ({
    id,
    characterId,
    type: characterId === "USER" ? "user" : "assistant",
    createdAt: `2026-01-01T00:00:0${second}.000Z`,
    parentMessageId,
    items: [{ id: `item-${id}`, type: "message" }],
  });
  const item = (role: string, text: string) => ({
    data: { type: "message", role, content: [{ type: role === "user" ? "input_text" : "output_text", text }] },
  });

  test("version 3: words lie in items, questions name no parent", () => {
    const file = {
      version: "orpg.3.0",
      title: "Hi",
      characters: { one: { model: "acme/one" }, two: { model: "acme/two" } },
      messages: {
        q1: message("q1", "USER", 1),
        a1: { ...message("a1", "one", 2, "q1"), items: [{ id: "thought" }, { id: "item-a1" }] },
        a2: message("a2", "two", 3, "q1"),
        q2: message("q2", "USER", 4),
        a3: message("a3", "one", 5, "q2"),
      },
      items: {
        "item-q1": item("user", "Hello?"),
        thought: { data: { type: "reasoning", content: [{ type: "reasoning_text", text: "hm" }] } },
        "item-a1": item("assistant", "Hi from one."),
        "item-a2": item("assistant", "Hi from two."),
        "item-q2": item("user", "And?"),
        "item-a3": item("assistant", "Nothing."),
      },
    };
    const { rooms, from } = readChatFile(JSON.stringify(file), counter());
    expect(from).toBe("OpenRouter");
    const [whole] = rooms;
    if (whole === undefined) throw new Error("no room");
    expect(whole.room.title).toBe("Hi");
    expect(whole.room.models.map(({ modelId }) => modelId)).toEqual(["acme/one", "acme/two"]);
    expect(viewOf(whole)).toEqual([
      "> Hello?",
      "acme/one: Hi from one.",
      "acme/two: Hi from two.",
      "> And?",
      "acme/one: Nothing.",
    ]);
    expect(whole.turns[0]?.answers[0]?.rounds[0]?.reasoning).toBe("hm");
  });

  test("version 1: words lie in the message", () => {
    const file = {
      version: "orpg.1.0",
      characters: { one: { model: "acme/one" } },
      messages: {
        q: { characterId: "USER", content: "Hello?", createdAt: "2026-01-01T00:00:01Z" },
        a: { characterId: "one", content: "Hi.", createdAt: "2026-01-01T00:00:02Z" },
      },
    };
    const [whole] = readChatFile(JSON.stringify(file), counter()).rooms;
    if (whole === undefined) throw new Error("no room");
    expect(viewOf(whole)).toEqual(["> Hello?", "acme/one: Hi."]);
    expect(whole.room.title).toBe("Hello?");
  });
});

test("Open WebUI: several models, an edited question, thoughts in the text", () => {
  const messages = [
    { id: "q1", parentId: null, role: "user", content: "Hello?", timestamp: 1 },
    { id: "a1", parentId: "q1", role: "assistant", model: "m1", content: "One.", timestamp: 2 },
    {
      id: "a2",
      parentId: "q1",
      role: "assistant",
      model: "m2",
      content: '<details type="reasoning" done="true">\n<summary>Thought</summary>\n&gt; hm\n</details>\nTwo.',
      timestamp: 3,
    },
    { id: "q2", parentId: "a1", role: "user", content: "Old words", timestamp: 4 },
    { id: "q3", parentId: "a1", role: "user", content: "New words", timestamp: 5 },
    { id: "a3", parentId: "q2", role: "assistant", model: "m1", content: "To the old.", timestamp: 6 },
  ];
  const file = [
    {
      title: "Web",
      pinned: true,
      created_at: 1,
      chat: {
        history: { messages: Object.fromEntries(messages.map((message) => [message.id, message])), currentId: "a3" },
      },
    },
  ];
  const { rooms, from } = readChatFile(JSON.stringify(file), counter());
  expect(from).toBe("Open WebUI");
  const [whole] = rooms;
  if (whole === undefined) throw new Error("no room");
  expect(whole.room.isPinned).toBe(true);
  expect(viewOf(whole)).toEqual(["> Hello?", "m1: One.", "m2: Two.", "> Old words", "m1: To the old."]);
  expect(pathOf(whole.room, whole.turns)[1]?.branch.ids).toHaveLength(2);
  expect(whole.turns[0]?.answers[1]?.rounds[0]?.reasoning).toBe("hm");
});

test("ChatGPT: a tree with silent nodes, tools between, and an answer that was asked for again", () => {
  const node = (id: string, parent: string | null, role?: string, text = "", seconds = 0) => ({
    id,
    parent,
    children: [],
    message:
      role === undefined
        ? null
        : {
            author: { role },
            create_time: seconds,
            content: { content_type: "text", parts: [text] },
            metadata: role === "assistant" ? { model_slug: "gpt-4o" } : {},
          },
  });
  const nodes = [
    node("root", null),
    node("system", "root", "system", ""),
    node("q1", "system", "user", "Hello?", 1),
    node("a1", "q1", "assistant", "First try.", 2),
    node("a2", "q1", "assistant", "Let me look.", 3),
    node("tool", "a2", "tool", "looked", 4),
    node("a3", "tool", "assistant", "Second try.", 5),
    node("q2", "a1", "user", "And?", 6),
    node("a4", "q2", "assistant", "Yes.", 7),
  ];
  const file = [
    {
      title: "GPT",
      create_time: 1,
      current_node: "a4",
      mapping: Object.fromEntries(nodes.map((one) => [one.id, one])),
    },
  ];
  const { rooms, from } = readChatFile(JSON.stringify(file), counter());
  expect(from).toBe("ChatGPT");
  const [whole] = rooms;
  if (whole === undefined) throw new Error("no room");
  expect(viewOf(whole)).toEqual(["> Hello?", "openai/gpt-4o: First try.", "> And?", "openai/gpt-4o: Yes."]);
  expect(whole.turns[0]?.answers.map(textOf)).toEqual(["First try.", "Let me look.\n\nSecond try."]);
});
