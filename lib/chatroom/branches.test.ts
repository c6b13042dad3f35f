import { describe, expect, test } from "vitest";
import type { Turn } from "@/lib/schemas/chatroom";
import { basisOf, pathOf, revealing, showingTurn, withDescendants } from "./branches";
import { DEFAULT_SETTINGS, newRoom } from "./new-room";
import { testAnswer, testTurn } from "./test-data";

const room = newRoom("room", [], DEFAULT_SETTINGS, 0);
const idsOf = (turns: readonly Turn[], shown = {}) => pathOf({ shown }, turns).map(({ turn }) => turn.id);

test("without branches, every turn is in view in its order", () => {
  const turns = [testTurn("c", { parentId: "b" }), testTurn("a"), testTurn("b", { parentId: "a" })];
  expect(idsOf(turns)).toEqual(["a", "b", "c"]);
});

describe("an edited question", () => {
  const turns = [
    testTurn("a", { createdMs: 1 }),
    testTurn("a2", { createdMs: 2 }),
    testTurn("after-a", { parentId: "a", createdMs: 3 }),
  ];

  test("the newest wording is in view until another is chosen", () => {
    expect(idsOf(turns)).toEqual(["a2"]);
    expect(idsOf(turns, { "": "a" })).toEqual(["a", "after-a"]);
  });

  test("says where it stands among its wordings", () => {
    expect(pathOf({ shown: { "": "a" } }, turns)[0]?.branch).toEqual({ index: 0, ids: ["a", "a2"] });
  });

  test("a turn anywhere in the tree can be brought into view", () => {
    expect(idsOf(turns, showingTurn(room, turns, "after-a").shown)).toEqual(["a", "after-a"]);
  });
});

describe("an answer that was asked for again", () => {
  const asked = testTurn("a", {
    answers: [testAnswer("first", "one"), testAnswer("second", "one"), testAnswer("other", "two")],
  });
  const goesOn = testTurn("b", { parentId: "a", basis: { one: "first", two: "other" } });

  test("hides what went on from the earlier version", () => {
    expect(idsOf([asked, goesOn])).toEqual(["a"]);
  });

  test("which comes back with that version", () => {
    expect(idsOf([{ ...asked, shown: { one: "first" } }, goesOn])).toEqual(["a", "b"]);
  });

  test("a version that was deleted hides nothing", () => {
    const without = { ...asked, answers: asked.answers.filter(({ id }) => id !== "first") };
    expect(idsOf([without, goesOn])).toEqual(["a", "b"]);
  });

  test("what went on from an earlier version is revealed with that version, and nothing else is changed", () => {
    const turns = [asked, goesOn];
    const revealed = revealing(room, turns, "b", null);
    expect(revealed.turns).toEqual([{ ...asked, shown: { one: "first", two: "other" } }]);
    expect(idsOf([...revealed.turns, goesOn], revealed.room.shown)).toEqual(["a", "b"]);
  });

  test("an earlier version itself is revealed", () => {
    expect(revealing(room, [asked], "a", "first").turns).toEqual([{ ...asked, shown: { one: "first" } }]);
    expect(revealing(room, [asked], "a", null).turns).toEqual([]);
    expect(revealing(room, [asked], "never there", null)).toEqual({ room, turns: [] });
  });

  test("a new turn goes on from what is in view", () => {
    expect(basisOf(asked)).toEqual({ one: "second", two: "other" });
    expect(basisOf(null)).toEqual({});
  });
});

test("all that was asked after a turn goes with it, on every branch", () => {
  const turns = [
    testTurn("a"),
    testTurn("b", { parentId: "a" }),
    testTurn("c", { parentId: "b" }),
    testTurn("b2", { parentId: "a" }),
    testTurn("d"),
  ];
  expect(withDescendants(turns, "a").sort()).toEqual(["a", "b", "b2", "c"]);
  expect(withDescendants(turns, "c")).toEqual(["c"]);
});

test("turns that name each other as parent end somewhere", () => {
  const turns = [testTurn("a"), testTurn("b", { parentId: "a" }), testTurn("a", { parentId: "b" })];
  expect(idsOf(turns)).toEqual(["a", "b"]);
});
