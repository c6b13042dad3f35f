import { afterEach, describe, expect, test } from "vitest";
import { forgetProcessState } from "@/lib/process-state";
import { autoRouterConfigOf } from "@/lib/routing/auto-router/auto-router-config";
import type { ChatMessage } from "@/lib/schemas/chat-request";
import { affinityBook } from "./affinity";
import { findAutoModel, noteAutoModel } from "./auto-affinity";
import { Conversation } from "./conversation";

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const CONFIG = autoRouterConfigOf({ messages: [] });

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });

function conversation(
  messages: ChatMessage[],
  { account = "a1", session }: { account?: string; session?: string } = {},
) {
  return new Conversation(account, { messages, ...(session === undefined ? {} : { session_id: session }) }, undefined);
}

const OPENING = [user("Hello")];

afterEach(() => forgetProcessState("affinity"));

describe("the model that a conversation is on", () => {
  test.each([
    {
      name: "is found again with more turns",
      later: conversation([...OPENING, assistant("Hi"), user("Bye")]),
      model: "acme/one",
    },
    { name: "is not another account's", later: conversation(OPENING, { account: "a2" }), model: undefined },
    { name: "is not that of another opening", later: conversation([user("Goodbye")]), model: undefined },
    { name: "is not that of a session", later: conversation(OPENING, { session: "s" }), model: undefined },
  ])("$name", ({ later, model }) => {
    noteAutoModel(conversation(OPENING), CONFIG, "acme/one", NOW);
    expect(findAutoModel(later, CONFIG, NOW)).toBe(model);
  });

  test("is that of its session, whatever it opens with", () => {
    noteAutoModel(conversation(OPENING, { session: "s" }), CONFIG, "acme/one", NOW);
    expect(findAutoModel(conversation([user("Other")], { session: "s" }), CONFIG, NOW)).toBe("acme/one");
  });

  test("is chosen anew under other settings, and after an hour", () => {
    noteAutoModel(conversation(OPENING), CONFIG, "acme/one", NOW);
    expect(findAutoModel(conversation(OPENING), { ...CONFIG, tradeoff: 1 }, NOW)).toBeUndefined();
    expect(findAutoModel(conversation(OPENING), CONFIG, NOW + HOUR)).toBe("acme/one");
    expect(findAutoModel(conversation(OPENING), CONFIG, NOW + HOUR + 1)).toBeUndefined();
  });

  test("is told to other processes, without a word of the prompt", () => {
    noteAutoModel(conversation([user("xyzzy plugh")]), CONFIG, "acme/one", NOW);
    const news = affinityBook().takeNews();
    expect(news).toEqual([expect.objectContaining({ accountId: "a1", endpointId: "acme/one" })]);
    expect(JSON.stringify(news)).not.toContain("xyzzy");
  });
});
