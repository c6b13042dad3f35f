import { describe, expect, test } from "vitest";
import { createApiKeyRequestSchema, listApiKeysQuerySchema, updateApiKeyRequestSchema } from "./api-key";

function firstWrongField(result: { error?: { issues: readonly { path: PropertyKey[] }[] } | undefined }) {
  return result.error?.issues[0]?.path.join(".");
}

describe("a new key", () => {
  test("needs nothing but a name", () => {
    expect(createApiKeyRequestSchema.parse({ name: " Customer " })).toEqual({ name: "Customer" });
  });

  test("may give its name as a label, as older clients do", () => {
    expect(createApiKeyRequestSchema.parse({ label: "Customer" })).toEqual({ name: "Customer" });
    expect(createApiKeyRequestSchema.parse({ label: "A", name: "B" })).toEqual({ name: "B" });
  });

  test("ignores what it does not know", () => {
    expect(createApiKeyRequestSchema.parse({ name: "A", external: { user: "u" } })).toEqual({ name: "A" });
  });

  test.each([
    { body: {}, field: "name" },
    { body: { name: "" }, field: "name" },
    { body: { name: "   " }, field: "name" },
    { body: { name: 5 }, field: "name" },
    { body: { name: "x".repeat(257) }, field: "name" },
    { body: { name: "A", limit: -1 }, field: "limit" },
    { body: { name: "A", limit: "10" }, field: "limit" },
    { body: { name: "A", limit: Number.POSITIVE_INFINITY }, field: "limit" },
    { body: { name: "A", limit: 1e10 }, field: "limit" },
    { body: { name: "A", limit_reset: "hourly" }, field: "limit_reset" },
    { body: { name: "A", include_byok_in_limit: "yes" }, field: "include_byok_in_limit" },
    { body: { name: "A", include_byok_in_limit: null }, field: "include_byok_in_limit" },
    { body: { name: "A", expires_at: "2030-01-01" }, field: "expires_at" },
    { body: { name: "A", expires_at: "2030-01-01T00:00:00" }, field: "expires_at" },
    { body: { name: "A", expires_at: 1_900_000_000 }, field: "expires_at" },
    { body: { name: "A", expires_at: "soon" }, field: "expires_at" },
    { body: { name: "A", creator_user_id: "" }, field: "creator_user_id" },
    { body: { name: "A", workspace_id: "mine" }, field: "workspace_id" },
    { body: [], field: "" },
    { body: null, field: "" },
  ])("$body is refused for its $field", ({ body, field }) => {
    expect(firstWrongField(createApiKeyRequestSchema.safeParse(body))).toBe(field);
  });
});

describe("a change of a key", () => {
  test.each([
    {},
    { limit: null, limit_reset: null, expires_at: null },
    { disabled: true, include_byok_in_limit: false, limit: 0 },
    { expires_at: "2030-01-01T00:00:00+02:00", limit_reset: "daily" },
    { name: "New" },
  ])("%j says what it says and nothing more", (body) => {
    expect(updateApiKeyRequestSchema.parse(body)).toEqual(body);
  });

  test.each([
    { body: { name: "" }, field: "name" },
    { body: { name: null }, field: "name" },
    { body: { disabled: "true" }, field: "disabled" },
    { body: { limit: Number.NaN }, field: "limit" },
  ])("$body is refused for its $field", ({ body, field }) => {
    expect(firstWrongField(updateApiKeyRequestSchema.safeParse(body))).toBe(field);
  });
});

describe("the query of a list", () => {
  test.each([
    { query: {}, expected: { offset: 0, include_disabled: false } },
    { query: { offset: "100", include_disabled: "true" }, expected: { offset: 100, include_disabled: true } },
    { query: { include_disabled: "false" }, expected: { offset: 0, include_disabled: false } },
  ])("$query", ({ query, expected }) => {
    expect(listApiKeysQuerySchema.parse(query)).toEqual(expected);
  });

  test.each([
    { query: { offset: "-1" }, field: "offset" },
    { query: { offset: "1.5" }, field: "offset" },
    { query: { offset: "next" }, field: "offset" },
    { query: { offset: "99999999999" }, field: "offset" },
    { query: { include_disabled: "yes" }, field: "include_disabled" },
    { query: { workspace_id: "x" }, field: "workspace_id" },
  ])("$query is refused for its $field", ({ query, field }) => {
    expect(firstWrongField(listApiKeysQuerySchema.safeParse(query))).toBe(field);
  });
});
