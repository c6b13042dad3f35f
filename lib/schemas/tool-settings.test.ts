import { expect, test } from "vitest";
import { isOwnHeader, toolServerFormSchema, toolSettingsSchema } from "./tool-settings";

const typed = { url: "https://tools.example.com/mcp", name: "", headerName: "", headerValue: "" };

test.each([
  [{}, { name: "tools.example.com", header: null }],
  [{ name: " Mine " }, { name: "Mine" }],
  [{ headerValue: "k" }, { header: { name: "Authorization", value: "Bearer k" } }],
  [{ headerValue: "Basic abc" }, { header: { name: "Authorization", value: "Basic abc" } }],
  [{ headerName: "X-Goog-Api-Key", headerValue: "k" }, { header: { name: "X-Goog-Api-Key", value: "k" } }],
  [{ headerName: "PRIVATE-TOKEN", headerValue: "" }, { header: null }],
  [{ url: " http://10.0.0.5:8080/mcp " }, { url: "http://10.0.0.5:8080/mcp", name: "10.0.0.5" }],
])("%j becomes %j", (given, expected) => {
  expect(toolServerFormSchema.parse({ ...typed, ...given })).toMatchObject(expected);
});

test.each([
  ["url", ""],
  ["url", "ftp://tools.example.com"],
  ["url", "https://"],
  ["url", "https://a b"],
  ["headerName", "two words"],
  ["headerName", "Host"],
  ["headerName", "X-Forwarded-For"],
  ["headerName", "Cookie"],
  ["headerValue", "two\nlines"],
  ["name", "n".repeat(41)],
])("%s %j is refused beside its field", (field, value) => {
  const { error } = toolServerFormSchema.safeParse({ ...typed, [field]: value });
  expect(error?.issues[0]?.path).toEqual([field]);
});

test.each([
  ["Authorization", true],
  ["api-key", true],
  ["Ocp-Apim-Subscription-Key", true],
  ["Proxy-Authorization", false],
  ["Content-Length", false],
  ["bad name", false],
])("%s may be a header of the person's own: %s", (name, expected) => expect(isOwnHeader(name)).toBe(expected));

test("permissions of an earlier shape are asked for again; the servers stay", () => {
  const server = { id: "s", name: "n", url: "https://a.example", header: null, isOn: true };
  expect(toolSettingsSchema.parse({ servers: [server], allowed: ["fetch_url"] })).toEqual({
    servers: [server],
    allowed: [],
  });
});
