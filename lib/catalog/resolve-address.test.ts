import { expect, test } from "vitest";
import { shippedCatalog } from "@/lib/testing/shipped-models";
import { resolveAddress } from "./resolve-address";

const catalog = shippedCatalog();

test.each([
  ["anthropic/claude-haiku-4.5", "anthropic/claude-haiku-4.5", []],
  ["openai/gpt-oss-20b:free", "openai/gpt-oss-20b:free", []],
  ["anthropic/claude-haiku-4.5:nitro", "anthropic/claude-haiku-4.5", ["nitro"]],
  ["openai/gpt-oss-20b:free:online", "openai/gpt-oss-20b:free", ["online"]],
  ["openrouter/auto", "openrouter/auto", []],
])("%s has a page", (text, entry, variants) => {
  expect(resolveAddress(catalog, text)).toMatchObject({ kind: "model", id: text, entry: { id: entry }, variants });
});

test("an alias has a page of its own, about what it stands for", () => {
  const found = resolveAddress(catalog, "~anthropic/claude-sonnet-latest");
  expect(found).toMatchObject({ kind: "model", id: "~anthropic/claude-sonnet-latest" });
  expect(found?.kind === "model" && found.model.id).toMatch(/^anthropic\/claude-sonnet-/);
});

test.each([
  ["anthropic/claude-haiku-4-5-20251001", "anthropic/claude-haiku-4.5"],
  ["anthropic/claude-haiku-4-5:nitro", "anthropic/claude-haiku-4.5:nitro"],
  ["Anthropic/Claude-Haiku-4.5", "anthropic/claude-haiku-4.5"],
])("%s moved to %s", (text, id) => expect(resolveAddress(catalog, text)).toEqual({ kind: "moved", id }));

test("the canonical slug of every model leads to its page", () => {
  for (const { id, fact } of catalog.models.values()) {
    // A variant shares the slug of its base, which may have left the catalog.
    if (fact.variantOf === undefined) expect(resolveAddress(catalog, fact.canonicalSlug), id).toBeDefined();
  }
});

test.each(["nobody/nothing", "openai/", "/gpt-4o", "openai/gpt-4o:sideways", "settings/keys"])(
  "%s is nobody's",
  (text) => {
    expect(resolveAddress(catalog, text)).toBeUndefined();
  },
);
