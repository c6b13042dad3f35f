import { expect, test } from "vitest";
import { playSearch } from "./play-search";
import { testSandbox } from "./test-sandbox";

const sandbox = testSandbox();

test("the same query finds the same pages, of the domains that are wanted", () => {
  const query = { query: "signal boxes?", count: 9, include: [], exclude: [] };
  const pages = playSearch(query);
  expect(pages).toEqual(playSearch(query));
  expect(new Set(pages.map(({ url }) => url)).size).toBe(9);
  expect(pages[0]?.title).toBe("Signal boxes: an overview");
  const hosts = (more: object) => new Set(playSearch({ ...query, ...more }).map(({ url }) => new URL(url).hostname));
  expect(hosts({ include: ["a.test"] })).toEqual(new Set(["a.test"]));
  expect(hosts({ exclude: ["news.example"] }).has("news.example")).toBe(false);
  expect(playSearch({ ...query, include: ["b.a.test"], exclude: ["a.test"] })).toEqual([]);
});

test("Exa answers in its form, and refuses what it would", async () => {
  const good = await sandbox.send("/exa/search", {
    query: "boxes",
    numResults: 2,
    contents: { text: { maxCharacters: 9 } },
  });
  expect(await good.json()).toMatchObject({
    requestId: expect.any(String),
    results: [{ title: "Boxes: an overview", text: "Boxes, an" }, { url: expect.stringMatching(/^https:/) }],
  });
  const bad = await sandbox.send("/exa/search", { query: "boxes", numResults: 101 });
  expect([bad.status, await bad.json()]).toEqual([
    400,
    { requestId: expect.any(String), error: expect.stringContaining("numResults") },
  ]);
});
