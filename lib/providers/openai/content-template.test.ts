import { describe, expect, test } from "vitest";
import { ContentTemplate } from "./content-template";

const chunk = (content: unknown, changes: object = {}) =>
  JSON.stringify({
    id: "chatcmpl-1",
    created: 1_700_000_000,
    model: "m",
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...changes,
  });

function taught(data: string): ContentTemplate {
  const template = new ContentTemplate();
  template.learn(data);
  return template;
}

test("nothing is known before something was learned", () => {
  expect(new ContentTemplate().contentOf(chunk("a"))).toBeUndefined();
});

test.each(["Hello", "", '"', "\\", '\\"', "\n\n", "héllo 🚂", '"}}],"content":"x', "\u2028", "a".repeat(10_000)])(
  "gives the content of a like chunk: %j",
  (content) => {
    expect(taught(chunk("learned from")).contentOf(chunk(content))).toBe(content);
    expect(taught(chunk(content)).contentOf(chunk("another"))).toBe("another");
  },
);

test("reads escapes however they are written", () => {
  const escaped = chunk("x").replace('"x"', '"h\\u00e9llo\\/"');
  expect(taught(chunk("a")).contentOf(escaped)).toBe("héllo/");
});

describe("a chunk that differs in anything else is not taken for one that does not", () => {
  test.each([
    {
      name: "a finish reason",
      data: chunk("a", { choices: [{ index: 0, delta: { content: "a" }, finish_reason: "stop" }] }),
    },
    { name: "a usage", data: chunk("a", { usage: { prompt_tokens: 1 } }) },
    { name: "another id", data: chunk("a", { id: "chatcmpl-2" }) },
    { name: "no content", data: chunk(null) },
    { name: "content in parts", data: chunk([{ type: "text", text: "a" }]) },
    { name: "a second delta", data: chunk("a").replace('"a"', '"a","refusal":"b"') },
    { name: "an end within the content", data: chunk("a").slice(0, -20) },
    { name: "no JSON", data: chunk("a").replace('"a"', '"a') },
  ])("$name", ({ data }) => {
    expect(taught(chunk("learned from")).contentOf(data)).toBeUndefined();
  });
});

test("a content of something else is not learned", () => {
  const other = `{"note":{"content":"x"},${chunk("a").slice(1)}`;
  expect(taught(other).contentOf(other.replace('"x"', '"y"'))).toBeUndefined();
});

test("a stream in which every chunk differs is soon left alone", () => {
  const template = new ContentTemplate();
  for (let count = 0; count < 20; count += 1) template.learn(chunk("a", { created: count }));
  template.learn(chunk("a"));
  expect(template.contentOf(chunk("b"))).toBeUndefined();
});

test("a stream in which something changes now and then is learned again", () => {
  const template = new ContentTemplate();
  for (let second = 0; second < 20; second += 1) {
    template.learn(chunk("a", { created: second }));
    for (let count = 0; count < 16; count += 1) {
      expect(template.contentOf(chunk("b", { created: second }))).toBe("b");
    }
  }
});
