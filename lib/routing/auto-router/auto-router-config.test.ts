import { expect, test } from "vitest";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { autoRouterConfigOf } from "./auto-router-config";

const DEFAULTS = { allowed: [], excluded: [], tradeoff: 7, maxPrice: undefined, pinned: true };

test.each<{ name: string; plugins: ChatRequest["plugins"]; config: object }>([
  { name: "no plugins", plugins: undefined, config: {} },
  { name: "another plugin", plugins: [{ id: "web", cost_quality_tradeoff: 1 }], config: {} },
  { name: "a trade-off", plugins: [{ id: "auto-router", cost_quality_tradeoff: 0 }], config: { tradeoff: 0 } },
  { name: "an object of plugins", plugins: { "auto-router": { cost_quality_tradeoff: 2 } }, config: { tradeoff: 2 } },
  { name: "switched off", plugins: [{ id: "auto-router", enabled: false, cost_quality_tradeoff: 1 }], config: {} },
  { name: "the beta's name", plugins: [{ id: "auto-beta-router", cost_tier: "max" }], config: { tradeoff: 3 } },
  { name: "a tier", plugins: [{ id: "auto-router", cost_tier: "low" }], config: { tradeoff: 3, maxPrice: 0.75 } },
  {
    name: "a trade-off within a tier",
    plugins: [{ id: "auto-router", cost_tier: "high", cost_quality_tradeoff: 9 }],
    config: { tradeoff: 9, maxPrice: 6 },
  },
  { name: "not pinned", plugins: [{ id: "auto-router", pin_model: false }], config: { pinned: false } },
  {
    name: "models",
    plugins: [{ id: "auto-router", allowed_models: ["a/*"], excluded_models: ["a/b"] }],
    config: { allowed: ["a/*"], excluded: ["a/b"] },
  },
])("$name", ({ plugins, config }) => {
  expect(autoRouterConfigOf({ messages: [], plugins })).toEqual({ ...DEFAULTS, ...config });
});
