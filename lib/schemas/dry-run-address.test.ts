import fc from "fast-check";
import { expect, test } from "vitest";
import { dryRunHref, readDryRunParameter } from "./dry-run-address";

const parameterOf = (href: string | undefined) => new URL(href ?? "", "http://x").searchParams.get("request");

test("a body comes back from its address as it was", () => {
  const key = fc.string({ maxLength: 8, unit: "grapheme" }).filter((name) => name !== "__proto__");
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ maxLength: 20, unit: "grapheme" }),
      fc.constantFrom("~(!*) _ +", "a&b=c#d?e+f%20", "\\\"'", "{}[],:/@"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 4 }), (body) => {
      const href = dryRunHref(body);
      if (href !== undefined) expect(JSON.stringify(readDryRunParameter(parameterOf(href)))).toBe(JSON.stringify(body));
    }),
    { numRuns: 500 },
  );
});

test("it is short, and can be read", () => {
  expect(dryRunHref({ model: "openai/gpt-4o", max_tokens: 7, provider: { only: ["a b"] } })).toBe(
    "/route?request=(~model~:~openai/gpt-4o~,~max_tokens~:7,~provider~:(~only~:!~a+b~*))",
  );
});

test("what is too long has no address", () => {
  expect(dryRunHref({ model: "m", messages: "x".repeat(7_000) })).toBeUndefined();
});

test.each([null, undefined, "", "(", "~text~", "!*", "1"])("%j is no request", (value) => {
  expect(readDryRunParameter(value)).toBeUndefined();
});
