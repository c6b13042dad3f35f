import { expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { recallFiles } from "./recall-files";

const told = (text: string) => ({
  type: "file",
  file: { hash: text, name: `${text}.pdf`, content: [{ type: "text", text }] },
});
const requestOf = (messages: unknown) => chatRequestSchema.parse({ messages });

test("what was read of a file goes back to the question before the answer that tells of it", () => {
  const request = requestOf([
    { role: "system", content: "Be brief." },
    { role: "user", content: "First?" },
    { role: "assistant", content: "One.", annotations: [told("one"), { type: "url_citation", url_citation: {} }] },
    { role: "user", content: [{ type: "text", text: "Second?" }] },
    { role: "assistant", content: "Two.", annotations: [told("two")] },
    { role: "user", content: "Third?" },
  ]);
  const file = (name: string) => ({ type: "text", text: `<file name="${name}.pdf">\n${name}\n</file>` });
  expect(recallFiles(request).messages.map(({ content }) => content)).toEqual([
    "Be brief.",
    [{ type: "text", text: "First?" }, file("one")],
    "One.",
    [{ type: "text", text: "Second?" }, file("two")],
    "Two.",
    "Third?",
  ]);
});

test.each([
  [[{ role: "user", content: "x" }]],
  [
    [
      { role: "user", content: "x" },
      { role: "assistant", content: "y", annotations: [{ type: "file" }, { type: "url_citation" }, 7] },
      { role: "user", content: "z" },
    ],
  ],
])("a conversation of which nothing is told stays as it is", (messages) => {
  const request = requestOf(messages);
  expect(recallFiles(request)).toBe(request);
});
