import { describe, expect, test } from "vitest";
import type { KeyedProvider } from "@/lib/schemas/provider-credential";
import { integrationChanges, integrationFormSchema, NEW_INTEGRATION } from "./integration-form-schema";

const provider = (slug: string, protocol: KeyedProvider["protocol"]): KeyedProvider => ({
  slug,
  name: slug,
  protocol,
  base_url: "https://example.com/v1",
  takes_json: protocol !== "openai-compatible",
  hint: "",
  example: null,
  models: [],
});
const PROVIDERS = [provider("openai", "openai-compatible"), provider("azure", "azure")];
const GOOD = { ...NEW_INTEGRATION, provider: "openai", key: "sk-1234" };

describe("what is typed", () => {
  test.each([
    { typed: { ...GOOD, provider: "" }, field: "provider", message: "must be chosen" },
    { typed: { ...GOOD, key: " " }, field: "key", message: "must not be empty" },
    { typed: { ...GOOD, key: "sk 1" }, field: "key", message: /must not hold spaces/ },
    { typed: { ...GOOD, provider: "azure" }, field: "key", message: /must be JSON/ },
    {
      typed: { ...GOOD, provider: "azure", key: '[{"model_slug":"a/b"}]' },
      field: "key",
      message: "[0].endpoint_url is required",
    },
    { typed: { ...GOOD, name: "x".repeat(256) }, field: "name", message: /at most 255/ },
  ])("is refused at $field: $message", ({ typed, field, message }) => {
    const [issue] = integrationFormSchema(PROVIDERS, true).safeParse(typed).error?.issues ?? [];
    expect(issue?.path).toEqual([field]);
    expect(issue?.message).toMatch(message);
  });

  test.each([
    { use: "first", flags: [false, false, false] },
    { use: "required", flags: [true, false, false] },
    { use: "only", flags: [false, true, false] },
    { use: "fallback", flags: [false, false, true] },
  ] as const)("becomes a request: $use", ({ use, flags }) => {
    const request = integrationFormSchema(PROVIDERS, true).parse({ ...GOOD, use });
    expect([request.is_required, request.is_byok_only, request.is_fallback]).toEqual(flags);
    expect(request).toMatchObject({ provider: "openai", key: "sk-1234", name: null, allowed_models: null });
  });

  test("changes only what was touched, and never the key unless one was typed", () => {
    const request = integrationFormSchema(PROVIDERS, false).parse({ ...GOOD, key: "", name: "New" });
    expect(integrationChanges(request, { name: true })).toEqual({ name: "New" });
    expect(integrationChanges(request, { allowed_models: [true] })).toEqual({ allowed_models: null });
  });
});
