import { expect, test } from "vitest";
import { totalsOf } from "./answer-totals";
import { pathOf } from "./branches";
import { citationsOf, roomMarkdown } from "./room-markdown";
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

test("a room is a document with its sources", () => {
  const turn = testTurn("a", {
    text: "Really?",
    answers: [answer],
    attachments: [{ id: "f", name: "notes.txt", mediaType: "text/plain", kind: "text", bytes: 1 }],
  });
  expect(roomMarkdown("Truth", pathOf({ shown: {} }, [turn]), (id) => id.toUpperCase())).toBe(
    "# Truth\n\n## You\n\nReally?\n\n- notes.txt\n\n## ACME/ONE\n\nYes.\n\n1. [A](https://a.example)\n",
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
