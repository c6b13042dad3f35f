import { expect, test } from "vitest";
import { pageText } from "./page-text";

test.each([
  ["plain text stays", "a < b\n\n  c", "a < b\n\n  c"],
  [
    "a page becomes its words",
    "<!doctype html><html><head><title>Top</title><style>p{}</style></head><body><h1>A &amp; B</h1><p>One\n two</p><p>Three<br>Four</p></body></html>",
    "Top\nA & B\nOne two\nThree\nFour",
  ],
  ["scripts and comments go, even unclosed ones", "<html><body>a<script>if (1 < 2) x()</script>b<!-- c", "a b"],
  ["numbered characters", "<html>&#8364; &#x20AC; &unknown; &#xFFFFFFF;", "€ € &unknown; &#xFFFFFFF;"],
])("%s", (_name, source, text) => {
  expect(pageText(source)).toBe(text);
});
