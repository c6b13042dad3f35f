import { describe, expect, test } from "vitest";
import { cleanMessage, MAX_FAILURE_MESSAGE_CHARS, scrubSecrets } from "./failure";

describe("scrubSecrets", () => {
  test.each([
    { name: "an OpenAI key", text: "Incorrect API key provided: sk-proj-Ab12Cd34Ef56.", secret: "Ab12Cd34" },
    { name: "a key shortened with asterisks", text: "Bad key sk-ab****************wxyz given", secret: "wxyz" },
    { name: "a Groq key", text: "gsk_Q1w2E3r4T5y6U7i8 is revoked", secret: "Q1w2" },
    { name: "a Google key", text: "API key AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY expired", secret: "AIzaSy" },
    { name: "a bearer token", text: "header Authorization: Bearer abc.def-ghi1 is wrong", secret: "abc.def" },
    { name: "a key in a query", text: "GET https://x.test/v1?key=hunter2hunter2&alt=sse failed", secret: "hunter2" },
    { name: "a password in a URL", text: "proxy http://joe:hunter2@proxy.test:80 refused", secret: "hunter2" },
    { name: "a header in a dump", text: '{"x-api-key": "abcd1234efgh"}', secret: "abcd1234" },
    { name: "a JSON web token", text: "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig is expired", secret: "eyJ" },
  ])("removes $name", ({ text, secret }) => {
    expect(text).toContain(secret);
    expect(scrubSecrets(text)).not.toContain(secret);
  });

  test.each([
    "max_tokens: 4096 exceeds the limit of 2048 tokens",
    "This model's maximum context length is 128000 tokens. However, you requested 130000 tokens.",
    "messages[0].content: unknown key: keyword_arguments",
    "tool_use ids were found without tool_result blocks: toolu_01A09q90qw90lq917835lq9",
  ])("leaves an ordinary message alone: %s", (text) => {
    expect(scrubSecrets(text)).toBe(text);
  });
});

test("a message is one line of bounded length", () => {
  const message = cleanMessage(`first\n\n  second\t${"x".repeat(5_000)}`);
  expect(message.startsWith("first second xxx")).toBe(true);
  expect(message).toHaveLength(MAX_FAILURE_MESSAGE_CHARS);
});
