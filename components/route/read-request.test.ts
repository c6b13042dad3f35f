import { expect, test } from "vitest";
import { readRequest } from "./read-request";

const lines = (...text: string[]) => text.join("\n");

test("a good request has its body", () => {
  expect(readRequest('{"model":"a/b","messages":[{"role":"user","content":"Hi"}]}')).toMatchObject({
    kind: "good",
    body: { model: "a/b" },
    problems: [],
  });
  expect(readRequest('{"prompt":"Hi"}')).toMatchObject({ kind: "good", body: { prompt: "Hi" } });
});

test("every problem has its line, in the API's words", () => {
  const text = lines(
    "{",
    '  "model": "a/b",',
    '  "messages": [',
    '    { "role": "nobody", "content": "Hi" }',
    "  ],",
    '  "max_tokens": "many",',
    '  "provider": {',
    '    "sort": "best",',
    '    "onyl": ["groq"]',
    "  }",
    "}",
  );
  const { problems } = readRequest(text);
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    expect.stringMatching(/^4: messages\[0\]\.role must be one of/),
    "6: max_tokens must be a number",
    expect.stringMatching(/^8: provider\.sort must be "price"/),
    '9: provider has unknown field "onyl"',
  ]);
});

test("what is missing is asked for where it would be", () => {
  expect(readRequest('{\n"model": "a/b"\n}').problems).toEqual([
    { line: 1, field: "messages", message: "messages is required" },
  ]);
});

test.each([
  ["[1]", "the request must be a JSON object"],
  ['{"a": }', "column 7: a value must be here"],
])("%s cannot be shown in the form", (text, message) => {
  expect(readRequest(text)).toEqual({ kind: "broken", problems: [{ line: 1, field: undefined, message }] });
});
