import { expect, test } from "vitest";
import type { Answer, Turn } from "@/lib/schemas/chatroom";
import { totalsOf } from "./answer-totals";
import { pathOf } from "./branches";
import { answerMarkdown, citationsOf, roomMarkdown } from "./room-markdown";
import { testAnswer, testRound, testTurn } from "./test-data";

const cite = (url: string, title?: string) => ({ type: "url_citation", url_citation: { url, title } });
const answer = testAnswer("x", "one", {
  rounds: [
    testRound({
      text: "Yes.",
      annotations: [cite("https://a.example", "A"), cite("https://a.example"), cite("javascript:1")],
    }),
  ],
});
const documentOf = (title: string, ...turns: readonly Turn[]) =>
  roomMarkdown(title, pathOf({ shown: {} }, turns), (id) => id.toUpperCase());
const spoken = (given: Partial<Answer>) =>
  documentOf("T", testTurn("a", { text: "?", answers: [testAnswer("x", "one", given)] })).split("## You\n\n?\n\n")[1];

test("a room is a document with its sources", () => {
  const turn = testTurn("a", {
    text: "Really?",
    answers: [answer],
    attachments: [{ id: "f", name: "notes.txt", mediaType: "text/plain", kind: "text", bytes: 1 }],
  });
  expect(documentOf("Truth\n# no", turn)).toBe(
    "# Truth # no\n\n## You\n\nReally?\n\n- notes.txt\n\n## ACME/ONE\n\nYes.\n\n1. [A](https://a.example)\n",
  );
  expect(documentOf("")).toBe("# Untitled\n");
});

test("every model says its part under its name, and only what is in view", () => {
  const turns = [
    testTurn("a", { text: "One?", answers: [testAnswer("x", "one"), testAnswer("y", "two")], createdMs: 1 }),
    testTurn("a2", {
      text: "Other words?",
      answers: [testAnswer("z", "one", { requestedModelId: "acme/two" })],
      createdMs: 2,
    }),
  ];
  expect(documentOf("T", ...turns)).toBe("# T\n\n## You\n\nOther words?\n\n## ACME/TWO\n\nanswer z\n");
  expect(roomMarkdown("T", pathOf({ shown: { "": "a" } }, turns), (id) => id).match(/^## .*/gm)).toEqual([
    "## You",
    "## acme/one",
    "## acme/one",
  ]);
});

test.each([
  ["openrouter/auto", "acme/large", "OPENROUTER/AUTO (ACME/LARGE)"],
  ["acme/one", "acme/one-2026-01-01", "ACME/ONE"],
  ["acme/one:free", "acme/one", "ACME/ONE:FREE"],
  ["acme/one", null, "ACME/ONE"],
])("asked %s, answered by %s: %s", (requestedModelId, modelId, expected) => {
  const text = spoken({ requestedModelId, rounds: [testRound({ modelId, text: "Hi." })] });
  expect(text).toBe(`## ${expected}\n\nHi.\n`);
});

test("tools stand where they were called, in fences that nothing in them closes", () => {
  const step = { id: "c", name: "fetch", arguments: '{"a":1}', result: "has ```` inside", isError: false };
  const rounds = [
    testRound({ text: "Let me look.", toolSteps: [step, { ...step, arguments: "", result: "no", isError: true }] }),
    testRound({ text: "There it is." }),
  ];
  expect(spoken({ rounds })).toBe(
    [
      "## ACME/ONE",
      "Let me look.",
      '**Tool** `fetch`\n\n```\n{"a":1}\n```',
      "Gave:\n\n`````\nhas ```` inside\n`````",
      "**Tool** `fetch`\n\n```\n{}\n```",
      "Failed:\n\n```\nno\n```",
      "There it is.\n",
    ].join("\n\n"),
  );
});

test("an answer that was continued is one text; pictures stand by their names", () => {
  expect(spoken({ rounds: [testRound({ text: "Half a sen" }), testRound({ text: "tence." })] })).toContain(
    "Half a sentence.",
  );
  const images = [{ id: "p", name: "picture.png", mediaType: "image/png", kind: "image" as const, bytes: 1 }];
  expect(spoken({ rounds: [testRound({ images })] })).toBe("## ACME/ONE\n\n- picture.png\n");
});

test.each([
  [{ kind: "failed", status: 402, message: "No\ncredits." }, "*Failed: No credits.*"],
  [{ kind: "stopped" }, "*Stopped.*"],
  [{ kind: "lost" }, "*The connection was lost.*"],
  [{ kind: "streaming" }, "*Still being answered.*"],
] as const)("an answer that is %j says so", (state, expected) => {
  expect(spoken({ state, rounds: [testRound({ text: "Half" })] })).toBe(`## ACME/ONE\n\nHalf\n\n${expected}\n`);
});

test("titles and addresses of sources break no link", () => {
  const rounds = [testRound({ text: "Yes.", annotations: [cite("https://a.example/x_(y)", "A [b]\nc")] })];
  expect(answerMarkdown(testAnswer("x", "one", { rounds }))).toBe(
    "Yes.\n\n1. [A \\[b\\] c](<https://a.example/x_(y)>)",
  );
});

test("a page is cited once, and only pages of the web are", () => {
  expect(citationsOf(answer)).toEqual([{ url: "https://a.example", title: "A", content: "" }]);
});

test("totals count every branch and every round", () => {
  const usage = { promptTokens: 1, completionTokens: 2, reasoningTokens: 0, cachedTokens: 0, costUsd: 0.5 };
  const twice = testAnswer("y", "one", { rounds: [testRound({ usage }), testRound({ usage })] });
  const turns = [testTurn("a", { answers: [twice, answer] }), testTurn("a2", { answers: [twice] })];
  expect(totalsOf(turns)).toEqual({ answers: 3, promptTokens: 4, completionTokens: 8, costUsd: 2 });
});
