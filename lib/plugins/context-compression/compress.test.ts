import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatMessage } from "@/lib/schemas/chat-request";
import { type Compressed, type CompressionLimits, compress } from "./compress";
import { messageTextsOf } from "./message-texts";

/** A word is a token, and a message costs one more: sizes can be read off the tests. */
const countText = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
const countMessage = (message: ChatMessage) =>
  1 + messageTextsOf(message).reduce((sum, text) => sum + countText(text), 0);
const COUNT = { text: countText, message: countMessage };

const words = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}`).join(" ");
const system = (text: string): ChatMessage => ({ role: "system", content: text });
const user = (text: string): ChatMessage => ({ role: "user", content: text });
const assistant = (text: string): ChatMessage => ({ role: "assistant", content: text });
const call = (id: string, words_ = 1): ChatMessage => ({
  role: "assistant",
  content: null,
  tool_calls: [{ id, type: "function", function: { name: "look", arguments: words(id, words_) } }],
});
const result = (id: string, text: string): ChatMessage => ({ role: "tool", tool_call_id: id, content: text });

const limits = (limitTokens: number, maxMessages?: number): CompressionLimits => ({
  contextTokens: limitTokens,
  limitTokens,
  maxMessages,
});

async function compressed(messages: readonly ChatMessage[], at: CompressionLimits): Promise<Compressed> {
  const done = await compress(messages, at, COUNT);
  if (done === undefined) throw new Error("it can be made to fit");
  return done;
}

const sizeOf = (messages: readonly ChatMessage[]) => messages.reduce((sum, message) => sum + countMessage(message), 0);

/** A conversation of `turns` pairs, each message of ten tokens, and a question at its end. */
const chat = (turns: number): ChatMessage[] => [
  system("be brief"),
  ...Array.from({ length: turns }, (_, turn) => [user(words(`q${turn}_`, 9)), assistant(words(`a${turn}_`, 9))]).flat(),
  user("the question"),
];

describe("a conversation that is too long", () => {
  test("is left as it is when it fits", async () => {
    const messages = chat(3);
    expect(await compressed(messages, limits(sizeOf(messages)))).toEqual({ messages, notice: undefined });
  });

  test("loses its middle: instructions, the beginning and the end stay", async () => {
    const messages = chat(20);
    const { messages: kept, notice } = await compressed(messages, limits(106));
    expect(kept.slice(0, 3)).toEqual(messages.slice(0, 3));
    expect(kept.slice(-3)).toEqual(messages.slice(-3));
    expect(sizeOf(kept)).toBeLessThanOrEqual(106);
    expect(sizeOf(kept)).toBeGreaterThan(80);
    expect(notice).toMatch(/^\d+ of 42 messages dropped to fit 106 tokens$/);
  });

  test("says how many messages are gone", async () => {
    const messages = chat(5);
    const { messages: kept, notice } = await compressed(messages, limits(66));
    expect(notice).toBe(`${12 - kept.length} of 12 messages dropped to fit 66 tokens`);
  });

  test("keeps a part of a long message rather than none of it", async () => {
    const messages = [user("first"), assistant(words("long", 1_000)), user("short"), assistant("ok"), user("last")];
    const { messages: kept, notice } = await compressed(messages, limits(200));
    expect(kept).toHaveLength(5);
    expect(kept[1]?.content).toMatch(/^\n\[…\]\n/);
    expect(kept[1]?.content).toMatch(/long999$/);
    expect(sizeOf(kept)).toBeLessThanOrEqual(200);
    expect(notice).toBe("1 message shortened to fit 200 tokens");
  });

  test("shortens a single message in its middle", async () => {
    const { messages: kept } = await compressed([system("be brief"), user(words("w", 5_000))], limits(1_000));
    const [, question] = kept;
    expect(kept[0]).toEqual(system("be brief"));
    expect(question?.content).toMatch(/^w0 w1 /);
    expect(question?.content).toMatch(/ w4999$/);
    expect(question?.content).toContain("[…]");
    expect(sizeOf(kept)).toBeGreaterThan(900);
  });

  test("shortens instructions only when nothing else helps", async () => {
    const both = await compressed([system(words("s", 300)), user(words("u", 700))], limits(500));
    expect(both.messages[0]).toEqual(system(words("s", 300)));
    const tight = await compressed([system(words("s", 900)), user(words("u", 50))], limits(500));
    expect(tight.messages[1]).toEqual(user(words("u", 50)));
    expect(tight.messages[0]?.content).toMatch(/^s0 [\s\S]*\[…\][\s\S]* s899$/);
  });

  test("cannot be made to fit what its calls and pictures alone exceed", async () => {
    expect(await compress([user("x"), call("c", 500), result("c", "y")], limits(100), COUNT)).toBeUndefined();
  });

  test("keeps pictures of a message whose text is shortened", async () => {
    const image = { type: "image_url" as const, image_url: { url: "https://example.com/cat.png" } };
    const { messages: kept } = await compressed(
      [{ role: "user", content: [{ type: "text", text: words("w", 500) }, image] }],
      limits(200),
    );
    expect(kept[0]?.content).toEqual([{ type: "text", text: expect.stringContaining("[…]") }, image]);
  });
});

describe("calls of tools and their results", () => {
  const tools = (turns: number): ChatMessage[] =>
    Array.from({ length: turns }, (_, turn) => [
      user(words(`q${turn}_`, 9)),
      {
        role: "assistant" as const,
        content: null,
        tool_calls: ["a", "b"].map((id) => ({
          id: `${turn}${id}`,
          type: "function" as const,
          function: { name: "look", arguments: "{}" },
        })),
      },
      result(`${turn}a`, words(`ra${turn}_`, 9)),
      result(`${turn}b`, words(`rb${turn}_`, 9)),
      assistant(words(`a${turn}_`, 9)),
    ]).flat();

  test.each([60, 100, 150, 200, 300])("are kept or dropped together at %i tokens", async (limit) => {
    const { messages: kept } = await compressed([...tools(12), user("last")], limits(limit));
    expectWholeTools(kept);
  });

  test("the last results stay with their call, shortened if they must be", async () => {
    const messages = [...chat(5), call("c"), result("c", words("r", 2_000))];
    const { messages: kept } = await compressed(messages, limits(300));
    expect(kept.at(-2)).toEqual(call("c"));
    expect(kept.at(-1)?.content).toMatch(/^r0 [\s\S]*\[…\][\s\S]* r1999$/);
    expect(sizeOf(kept)).toBeLessThanOrEqual(300);
  });
});

describe("a conversation with too many messages", () => {
  test("keeps half of them from the start and half from the end", async () => {
    const messages = Array.from({ length: 1_301 }, (_, index) =>
      index % 2 === 0 ? user(`q${index}`) : assistant(`a${index}`),
    );
    const { messages: kept, notice } = await compressed(messages, limits(1_000_000, 1_000));
    expect(kept.length).toBeLessThanOrEqual(1_000);
    expect(kept.length).toBeGreaterThanOrEqual(998);
    expect(kept.slice(0, 499)).toEqual(messages.slice(0, 499));
    expect(kept.slice(-499)).toEqual(messages.slice(-499));
    expect(notice).toMatch(/^30\d of 1301 messages dropped to fit 1000 messages and 1000000 tokens$/);
    expectAlternating(kept);
  });

  test("stays as it is at the limit", async () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? user("q") : assistant("a")));
    expect((await compressed(messages, limits(1_000_000, 1_000))).notice).toBeUndefined();
  });
});

/** Conversations as they come: instructions, turns, calls with results, of very different sizes. */
const conversation = fc
  .array(
    fc.record({
      kind: fc.constantFrom("turn", "turn", "tools"),
      a: fc.nat(60),
      b: fc.nat(60),
      calls: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((turns): ChatMessage[] => [
    system(words("s", 5)),
    ...turns.flatMap(({ kind, a, b, calls }, turn) => {
      const ids = Array.from({ length: calls }, (_, index) => `${turn}_${index}`);
      const use: ChatMessage = {
        role: "assistant",
        content: null,
        tool_calls: ids.map((id) => ({ id, type: "function", function: { name: "look", arguments: "{}" } })),
      };
      const exchange = kind === "turn" ? [] : [use, ...ids.map((id) => result(id, words("r", b)))];
      return [user(words(`q${turn}_`, a + 1)), ...exchange, assistant(words(`a${turn}_`, b + 1))];
    }),
    user("the last question"),
  ]);

test("whatever the conversation: it fits, its ends stay, tools are whole, sides alternate, and it is the same each time", async () => {
  await fc.assert(
    fc.asyncProperty(
      conversation,
      fc.integer({ min: 300, max: 2_000 }),
      fc.integer({ min: 12, max: 80 }),
      async (messages, limit, most) => {
        const { messages: kept, notice } = await compressed(messages, limits(limit, most));
        expect(sizeOf(kept)).toBeLessThanOrEqual(limit);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept[0]).toEqual(messages[0]);
        expect(kept.at(-1)).toEqual(messages.at(-1));
        expect(kept[1]).toEqual(messages[1]);
        expectWholeTools(kept);
        expectAlternating(kept);
        expectInOrder(kept, messages);
        expect(notice === undefined).toBe(kept.length === messages.length && sizeOf(kept) === sizeOf(messages));
        expect(await compressed(messages, limits(limit, most))).toEqual({ messages: kept, notice });
      },
    ),
    { numRuns: 300 },
  );
});

function expectWholeTools(messages: readonly ChatMessage[]): void {
  const open = new Set<string>();
  for (const message of messages) {
    if (message.role === "tool") expect(open.delete(message.tool_call_id), "a result without its call").toBe(true);
    else expect(open.size, "a call without its result").toBe(0);
    if (message.role === "assistant") for (const { id } of message.tool_calls ?? []) open.add(id);
  }
  expect(open.size).toBe(0);
}

function expectAlternating(messages: readonly ChatMessage[]): void {
  const turns = messages.filter(({ role }) => role !== "system");
  for (const [index, { role }] of turns.entries()) {
    const before = turns[index - 1]?.role;
    if (before === undefined || role === "tool") continue;
    expect(role === "assistant", `${before} before ${role}`).toBe(before !== "assistant");
  }
}

function expectInOrder(kept: readonly ChatMessage[], messages: readonly ChatMessage[]): void {
  const places = kept.map((message) => messages.indexOf(message)).filter((place) => place !== -1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}
