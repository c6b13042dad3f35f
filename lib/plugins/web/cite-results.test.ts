import { expect, test } from "vitest";
import { urlCitationSchema } from "@/lib/schemas/chat-completion";
import { citeResults } from "./cite-results";

const URL_A = "https://a.example/x";

test.each([
  { name: "a markdown link", text: `See 😀 [a.example](${URL_A}).`, cited: `[a.example](${URL_A})` },
  { name: "a slash more", text: `[a](${URL_A}/)`, cited: `[a](${URL_A}/)` },
  { name: "a link with a title", text: `[a](<${URL_A}> "Title") end`, cited: `[a](<${URL_A}> "Title")` },
  { name: "the first of two", text: `[one](${URL_A}) [two](${URL_A})`, cited: `[one](${URL_A})` },
  { name: "a bare address", text: `Source: ${URL_A}. End`, cited: URL_A },
  { name: "not the beginning of another", text: `${URL_A}yz and ${URL_A}`, cited: URL_A },
  { name: "no link", text: "Nothing is linked to [a.example].", cited: undefined },
  { name: "another page", text: "[a.example](https://a.example/other)", cited: undefined },
])("$name", ({ text, cited }) => {
  const [annotation] = citeResults([{ url: URL_A, title: "A", text: "Content", published: undefined }], text);
  const { url_citation: citation } = urlCitationSchema.parse(annotation);
  expect(citation).toMatchObject({ url: URL_A, title: "A", content: "Content" });
  const { start_index: start, end_index: end } = citation;
  expect(start === undefined ? undefined : text.slice(start, end)).toBe(cited);
});

test("addresses with brackets are whole, and a page without a title is called by its address", () => {
  const url = "https://a.example/Box_(signal)";
  const text = `As [a.example](${url}) says`;
  expect(citeResults([{ url, title: "", text: "", published: undefined }], text)).toEqual([
    {
      type: "url_citation",
      url_citation: { url, title: url, start_index: 3, end_index: 3 + `[a.example](${url})`.length },
    },
  ]);
});

test("a text made to be slow to read is read at once", () => {
  const startedMs = performance.now();
  citeResults(
    [{ url: URL_A, title: "", text: "", published: undefined }],
    "[".repeat(50_000) + "[a](https://".repeat(20_000),
  );
  expect(performance.now() - startedMs).toBeLessThan(500);
});
