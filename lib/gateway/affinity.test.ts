import { describe, expect, test } from "vitest";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { makeModel } from "@/lib/testing/make-model";
import { findAffinity, noteAffinity, withoutForeignReasoning } from "./affinity";
import { Conversation } from "./conversation";

const NOW = 1_700_000_000_000;
const model = makeModel({ endpoints: [{ provider: "alpha" }, { provider: "beta", tag: "beta/turbo" }] });
const beta = requireEndpoint("beta/turbo");

function requireEndpoint(tag: string) {
  const endpoint = model.endpoints.find((candidate) => candidate.tag === tag);
  if (endpoint === undefined) throw new Error(`no endpoint ${tag}`);
  return endpoint;
}

const signed = (signature: string) => ({
  type: "reasoning.text",
  text: "hm",
  signature,
  format: "anthropic-claude-v1",
});
const requestOf = (messages: readonly unknown[], extra: object = {}): ChatRequest =>
  chatRequestSchema.parse({ model: model.id, messages, ...extra });

const OPENING = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Hello" },
];
const LATER = [...OPENING, { role: "assistant", content: "Hi" }, { role: "user", content: "And now?" }];

let accounts = 0;

function newAccount(): string {
  accounts += 1;
  return `account ${accounts}`;
}

function foundAfter(
  accountId: string,
  first: { messages: readonly unknown[]; session?: string },
  second: { messages: readonly unknown[]; session?: string; accountId?: string },
) {
  const before = new Conversation(accountId, requestOf(first.messages), first.session);
  noteAffinity(before, { model, endpoint: beta }, { cache: true, signatures: [] }, NOW);
  const request = requestOf(second.messages);
  const after = new Conversation(second.accountId ?? accountId, request, second.session);
  return [...findAffinity(after, request, [model], NOW + 1_000).endpointIds];
}

describe("a conversation goes back", () => {
  test.each([
    { name: "by its opening messages", first: { messages: OPENING }, second: { messages: LATER }, found: [beta.id] },
    {
      name: "by its session, whatever is said",
      first: { messages: OPENING, session: "s" },
      second: { messages: [{ role: "user", content: "Else" }], session: "s" },
      found: [beta.id],
    },
    {
      name: "not with another session",
      first: { messages: OPENING, session: "s" },
      second: { messages: OPENING, session: "t" },
      found: [],
    },
    {
      name: "not with another opening",
      first: { messages: OPENING },
      second: { messages: [OPENING[0], { role: "user", content: "Good day" }] },
      found: [],
    },
    {
      name: "not in another account",
      first: { messages: OPENING },
      second: { messages: LATER, accountId: "somebody else" },
      found: [],
    },
    {
      name: "by pictures in its opening",
      first: {
        messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://a.example/1" } }] }],
      },
      second: {
        messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://a.example/2" } }] }],
      },
      found: [],
    },
  ])("$name", ({ first, second, found }) => expect(foundAfter(newAccount(), first, second)).toEqual(found));

  test("its key tells nothing of what was said", () => {
    const conversation = new Conversation("a", requestOf([{ role: "user", content: "a secret" }]), undefined);
    expect(conversation.key).toMatch(/^[\w-]{22}$/);
  });
});

describe("reasoning that a provider signed", () => {
  const messages = [
    { role: "user", content: "Think" },
    {
      role: "assistant",
      content: "Done",
      reasoning_details: [signed("of-beta"), { type: "reasoning.text", text: "plain" }],
    },
    { role: "user", content: "More" },
  ];
  const request = requestOf(messages);
  const accountId = newAccount();
  const conversation = new Conversation(accountId, request, undefined);
  noteAffinity(conversation, { model, endpoint: beta }, { cache: false, signatures: ["of-beta"] }, NOW);
  const { endpointIds, signers } = findAffinity(conversation, request, [model], NOW);

  test("leads back to it", () => {
    expect([...endpointIds]).toEqual([beta.id]);
    expect([...signers]).toEqual([["of-beta", "beta"]]);
  });

  test("goes to its maker as it came", () => {
    expect(withoutForeignReasoning(request, "beta", signers)).toEqual({ request, leftOutOf: [] });
  });

  test("goes to nobody else, and everything else stays", () => {
    const { request: stripped, leftOutOf } = withoutForeignReasoning(request, "alpha", signers);
    expect(leftOutOf).toEqual(["beta"]);
    expect(stripped.messages[1]).toMatchObject({
      content: "Done",
      reasoning_details: [{ type: "reasoning.text", text: "plain" }],
    });
    expect(request.messages[1]).toMatchObject({ reasoning_details: [signed("of-beta"), {}] });
  });

  test("of an unknown maker is left to the adapter", () => {
    expect(withoutForeignReasoning(request, "alpha", new Map())).toEqual({ request, leftOutOf: [] });
  });
});
