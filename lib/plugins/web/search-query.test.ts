import { expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { searchQueryOf } from "./search-query";

const user = (content: unknown) => ({ role: "user", content });
const picture = { type: "image_url", image_url: { url: "https://a.example/b.png" } };

test.each([
  { name: "the last message of the user", messages: [user("old"), user(" new\n\nquestion ")], query: "new question" },
  {
    name: "not what came after it",
    messages: [user("question"), { role: "assistant", content: "thinking" }, user([picture])],
    query: "question",
  },
  {
    name: "all parts of text",
    messages: [user([{ type: "text", text: "one" }, picture, { type: "text", text: "two" }])],
    query: "one two",
  },
  { name: "no text at all", messages: [user([picture])], query: undefined },
  { name: "nobody asks", messages: [{ role: "system", content: "rules" }], query: undefined },
])("$name", ({ messages, query }) => {
  expect(searchQueryOf(chatRequestSchema.parse({ messages }).messages)).toBe(query);
});

test("a long text is searched for by its ends, and no character is cut in two", () => {
  const query = searchQueryOf(
    chatRequestSchema.parse({ messages: [user(`${"😀".repeat(900)} what is this?`)] }).messages,
  );
  expect(query?.length).toBeLessThanOrEqual(1_010);
  expect(query).toMatch(/what is this\?$/);
  expect(query?.isWellFormed()).toBe(true);
});
