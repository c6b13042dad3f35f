import { expect, test } from "vitest";
import { renderModel } from "@/lib/catalog/render-model";
import { makeModel } from "@/lib/testing/make-model";
import { renderRss } from "./render-rss";

const OPTIONS = { baseUrl: "https://box.example", path: "/api/v1/models?use_rss=true&q=a", linksToChat: false };

test("what would be markup is escaped, and what XML cannot hold is left out", () => {
  const { fact } = makeModel({
    id: "acme/one:free",
    endpoints: [],
    fact: { name: 'A & B <"C">', description: "tab\there, bell\u0007gone" },
  });
  const feed = renderRss([renderModel(fact)], OPTIONS);
  expect(feed).toContain("<title>A &amp; B &lt;&quot;C&quot;&gt;</title>");
  expect(feed).toContain("<link>https://box.example/acme/one:free</link>");
  expect(feed).toContain("tab\there, bellgone");
  expect(feed).toContain('href="https://box.example/api/v1/models?use_rss=true&amp;q=a"');
});

test("a feed without models is a feed", () => {
  const feed = renderRss([], OPTIONS);
  expect(feed).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<rss version="2.0"/);
  expect(feed).not.toContain("<item>");
  expect(feed.trimEnd()).toMatch(/<\/channel><\/rss>$/);
});
