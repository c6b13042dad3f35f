import { expect, test } from "vitest";
import type { ApiKey } from "@/lib/schemas/api-key";
import { apiKeyFormSchema } from "./api-key-form-schema";
import { changesOf, NEW_KEY, typedApiKey } from "./typed-api-key";

const KEY: ApiKey = {
  hash: "a".repeat(64),
  name: "CI",
  label: "sk-…1",
  disabled: false,
  limit: 0.0000005,
  limit_remaining: 0.0000005,
  limit_reset: "weekly",
  include_byok_in_limit: true,
  usage: 0,
  usage_daily: 0,
  usage_weekly: 0,
  usage_monthly: 0,
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  created_at: "2026-11-21T12:00:00.000+00:00",
  updated_at: null,
  last_used_at: null,
  expires_at: "2020-05-06T12:00:00.000+00:00",
  creator_user_id: null,
  external_user: null,
  workspace_id: "",
};

test("a key that is edited and left alone says the same as before", () => {
  const typed = typedApiKey(KEY);
  expect(typed).toEqual({
    name: "CI",
    limit: "0.0000005",
    limit_reset: "weekly",
    include_byok_in_limit: true,
    expires_at: "2020-05-06",
  });
  const request = apiKeyFormSchema(typed.expires_at).parse(typed);
  expect(request).toMatchObject({ name: "CI", limit: 5e-7, limit_reset: "weekly", include_byok_in_limit: true });
});

test.each([
  [10, "10"],
  [100.5, "100.5"],
  [1_000, "1000"],
  [0, "0"],
])("a limit of %d is typed %s", (limit, text) => expect(typedApiKey({ ...KEY, limit }).limit).toBe(text));

test("only what was touched is changed, and a limit goes together with its reset", () => {
  const request = apiKeyFormSchema().parse({ ...NEW_KEY, name: "New" });
  expect(changesOf(request, {})).toEqual({});
  expect(changesOf(request, { name: true })).toEqual({ name: "New" });
  expect(changesOf(request, { limit: true })).toEqual({ limit: null, limit_reset: null });
  expect(changesOf(request, { expires_at: true })).toEqual({ expires_at: null });
});

test.each([
  { field: "name", typed: { name: " " }, message: "must not be empty" },
  { field: "limit", typed: { limit: "five" }, message: "must be an amount in USD, such as 5 or 0.50" },
  { field: "limit", typed: { limit: "-5" }, message: "must be an amount in USD, such as 5 or 0.50" },
  { field: "limit", typed: { limit_reset: "daily" }, message: "must be given for it to start anew" },
  { field: "limit", typed: { limit: "2000000000" }, message: "must be at most 1000000000" },
  { field: "expires_at", typed: { expires_at: "2001-01-01" }, message: "must not be in the past" },
])("$typed is complained of beside $field", ({ field, typed, message }) => {
  const { error } = apiKeyFormSchema().safeParse({ ...NEW_KEY, name: "Name", ...typed });
  expect(error?.issues).toContainEqual(expect.objectContaining({ path: [field], message }));
});
