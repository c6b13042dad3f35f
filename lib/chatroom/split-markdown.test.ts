import { expect, test } from "vitest";
import { splitMarkdown } from "./split-markdown";

test.each<[string, string, string[]]>([
  ["paragraphs", "one\n\ntwo\nmore\n\n\nthree", ["one", "two\nmore", "three"]],
  ["code with blank lines", "a\n\n```ts\nx\n\ny\n```\n\nb", ["a", "```ts\nx\n\ny\n```", "b"]],
  ["a fence inside of a longer one", "````\n```\n\n```\n````\n\nb", ["````\n```\n\n```\n````", "b"]],
  ["code that is still being written", "a\n\n```ts\nx\n\ny", ["a", "```ts\nx\n\ny"]],
  ["a list with blank lines", "- one\n\n- two\n\n  more\n\nafter", ["- one\n\n- two\n\n  more", "after"]],
  ["a formula", "$$\na\n\nb\n$$\n\nafter", ["$$\na\n\nb\n$$", "after"]],
  ["a formula on one line", "$$a$$\n\nb", ["$$a$$", "b"]],
  ["a table", "| a |\n| - |\n| 1 |\n\nb", ["| a |\n| - |\n| 1 |", "b"]],
  [
    "definitions, used from anywhere",
    "[a][1]\n\nb\n\n[1]: https://a.example",
    ["[a][1]\n\nb\n\n[1]: https://a.example"],
  ],
  ["nothing", "", []],
])("%s", (_name, text, blocks) => {
  expect(splitMarkdown(text)).toEqual(blocks);
});

test("what was split stays as it was while the text grows", () => {
  const text = "# Title\n\nWords.\n\n- a\n- b\n\n```js\n1\n\n2\n```\n\n| a |\n| - |\n| 1 |\n\nEnd.";
  for (let end = 1; end <= text.length; end++) {
    const before = splitMarkdown(text.slice(0, end));
    const after = splitMarkdown(text);
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  }
});
