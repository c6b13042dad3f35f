import { describe, expect, test } from "vitest";
import type { ChatMessage } from "@/lib/schemas/chat-request";
import { conversationOf } from "./conversation";

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });
const system = (content: string): ChatMessage => ({ role: "system", content });

describe("what is judged", () => {
  test("is the opening, so that every request of a conversation is judged alike", () => {
    const opening = [system("Be kind."), user("Hello"), user("What is a prime?")];
    const first = conversationOf({ messages: opening });
    expect(first).toMatchObject({ system: "Be kind.", texts: ["Hello", "What is a prime?"], skippedChars: 0 });
    expect(
      conversationOf({ messages: [...opening, assistant("A number …"), user("Prove that there are many.")] }),
    ).toEqual(first);
  });

  test("is all there is when no user spoke before the first answer", () => {
    expect(conversationOf({ messages: [assistant("How can I help?"), user("Add 2 and 3")] }).texts).toEqual([
      "Add 2 and 3",
    ]);
  });

  test("is text and the number of pictures", () => {
    const url = "https://example.com/a.png";
    const conversation = conversationOf({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url } },
          ],
        },
      ],
      tools: [{ type: "function", function: { name: "look" } }],
      response_format: { type: "json_object" },
    });
    expect(conversation).toMatchObject({ texts: ["What is this?"], images: 1, tools: 1, jsonOutput: true });
  });

  test("is bounded: of a huge message the beginning and the end, and how much is missing", () => {
    const { texts, skippedChars } = conversationOf({ messages: [user(`start ${"x".repeat(1_000_000)} end`)] });
    expect(texts.join("").length).toBeLessThan(20_000);
    expect(texts[0]?.startsWith("start")).toBe(true);
    expect(texts.at(-1)?.endsWith("end")).toBe(true);
    expect(texts.join("").length + skippedChars).toBe(1_000_010);
  });
});
