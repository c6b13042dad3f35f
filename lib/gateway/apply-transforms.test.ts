import { expect, test } from "vitest";
import { compressionOf } from "@/lib/plugins/context-compression/compression-of";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { applyPluginDefaults } from "./apply-plugin-defaults";
import { applyTransforms } from "./apply-transforms";

const ID = "context-compression";

test.each<{ name: string; fields: Partial<ChatRequest>; account?: boolean; final?: boolean; expected: string }>([
  { name: "nothing is said", fields: {}, expected: "default" },
  { name: "transforms asks for it", fields: { transforms: ["middle-out"] }, expected: "on" },
  { name: "transforms is empty", fields: { transforms: [] }, expected: "off" },
  { name: "transforms is null", fields: { transforms: null }, expected: "default" },
  { name: "the plugin is named", fields: { plugins: [{ id: ID }] }, expected: "on" },
  { name: "the plugin is disabled", fields: { plugins: [{ id: ID, enabled: false }] }, expected: "off" },
  { name: "the plugin is named by its key", fields: { plugins: { [ID]: {} } }, expected: "on" },
  { name: "both are named, and disagree", fields: { plugins: [{ id: ID }], transforms: [] }, expected: "on" },
  { name: "the account has it on", fields: {}, account: true, expected: "on" },
  { name: "the account has it off", fields: {}, account: false, expected: "off" },
  { name: "the request overrides the account", fields: { transforms: [] }, account: true, expected: "off" },
  { name: "the account's word is final", fields: { transforms: [] }, account: true, final: true, expected: "on" },
])("$name: $expected", ({ fields, account, final = false, expected }) => {
  const request: ChatRequest = { messages: [{ role: "user", content: "x" }], ...fields };
  const defaults = account === undefined ? [] : [{ id: ID, enabled: account, preventOverrides: final, config: {} }];
  const worked = applyPluginDefaults(applyTransforms(request), defaults, () => true);
  expect(compressionOf(worked)).toBe(expected);
});
