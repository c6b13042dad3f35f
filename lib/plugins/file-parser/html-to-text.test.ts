import { expect, test } from "vitest";
import { htmlToText } from "./html-to-text.mjs";

test.each([
  ["<p>One</p><p>Two <b>bold</b></p>", "One\n\nTwo bold"],
  ["<h2>Title</h2>text<br>more", "## Title\ntext\nmore"],
  ["<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"],
  ["<table><tr><td>1</td><td>2</td></tr></table>", "1 | 2 |"],
  ["a<script>if (1 < 2) x()</script>b<style>p{}</style>c", "abc"],
  ["<head><title>T</title></head><body>B</body>", "B"],
  ["a<!-- <p>hidden</p> -->b", "ab"],
  ["a<script>never ends", "a"],
  ["&lt;b&gt; &amp; &#65;&#x42; &nope; &quot;", '<b> & AB &nope; "'],
  ["1 < 2 and no tag", "1 < 2 and no tag"],
  ["  spaces \n\n and\tlines  ", "spaces and lines"],
  ["", ""],
])("the words of %j", (source, text) => {
  expect(htmlToText(source)).toBe(text);
});

test.each(["<", "<p", "<!--", "<script>", "&#", "</", "<p><"])(
  "a million of %j take no longer than their length",
  (piece) => {
    const startedMs = performance.now();
    htmlToText(piece.repeat(300_000));
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  },
);
