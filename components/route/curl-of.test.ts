import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlOf } from "./curl-of";

test.each(["Hi", "it's", '$HOME `id` \\ "', "two\nlines", "''"])("a shell passes %j on as it is", (content) => {
  const body = { model: "a/b", messages: [{ role: "user", content }] };
  const script = `curl() { for word; do last=$word; done; printf %s "$last"; }\n${curlOf("http://x", body)}`;
  expect(JSON.parse(execFileSync("sh", ["-c", script], { encoding: "utf8" }))).toEqual(body);
});
