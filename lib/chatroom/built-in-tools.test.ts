import { expect, test } from "vitest";
import { builtInTools } from "./built-in-tools";
import { runTool } from "./tool-box";

const tools = builtInTools(
  () => new Date("2026-11-21T12:00:00Z"),
  async (url) => `page of ${url}`,
);
const run = (name: string, given: string) => runTool(tools, { name, arguments: given }, new AbortController().signal);

test.each([
  ["calculator", '{"expression":"6*7"}', "42"],
  ["fetch_url", '{"url":"https://a.example"}', "page of https://a.example/"],
  ["fetch_url", '{"url":"https://good.example@bad.example/x"}', "page of https://bad.example/x"],
  [
    "clock",
    '{"time_zone":"Asia/Tokyo"}',
    "Saturday 21 November 2026 at 21:00:00 JST (Asia/Tokyo); UTC 2026-11-21T12:00:00.000Z",
  ],
])("%s %s", async (name, given, result) => {
  const outcome = await run(name, given);
  expect(outcome.isError).toBe(false);
  expect(outcome.result.replace("GMT+9", "JST").replace(",", "")).toBe(result.replace(",", ""));
});

test.each([
  ["nothing", "{}", /no tool/],
  ["calculator", "{broken", /no JSON/],
  ["calculator", "[]", /no JSON/],
  ["calculator", "{}", /must be a string/],
  ["calculator", '{"expression":"1+"}', /ends too early/],
  ["fetch_url", '{"url":"file:///etc/passwd"}', /http\(s\) address/],
  ["fetch_url", "{}", /http\(s\) address/],
  ["clock", '{"time_zone":"Mars/Olympus"}', /no time zone/],
])("%s %s fails in words for the model", async (name, given, message) => {
  expect(await run(name, given)).toEqual({ result: expect.stringMatching(message), isError: true });
});

test("only what leaves the browser asks first", () => {
  expect(tools.filter(({ asks }) => asks).map(({ name }) => name)).toEqual(["fetch_url"]);
});
