import { expect, test } from "vitest";
import { publicRouteSchema } from "@/lib/schemas/public-route";
import { renderRoute } from "./render-route";

const AT = { model: "acme/one", provider: "Acme", endpoint: "acme" };

test("a route is told in wire names, and nothing of it is lost", () => {
  const route = renderRoute({
    requested: "acme/one",
    strategy: "load_balance",
    router: "openrouter/auto",
    candidates: [{ ...AT, probability: 1, score: null, clampedMaxTokens: 20 }],
    excluded: [{ ...AT, rule: "only", reason: "not allowed", fix: "allow it" }],
    attempts: [{ ...AT, status: 429, latencyMs: 12, error: "slow down", droppedParameters: ["seed"], sandbox: true }],
    notices: ["a notice"],
  });
  expect(publicRouteSchema.parse(route)).toEqual({
    requested: "acme/one",
    strategy: "load_balance",
    router: "openrouter/auto",
    candidates: [{ ...AT, probability: 1, score: null, clamped_max_tokens: 20 }],
    excluded: [{ ...AT, rule: "only", reason: "not allowed", fix: "allow it" }],
    attempts: [{ ...AT, status: 429, latency_ms: 12, error: "slow down", dropped_parameters: ["seed"], sandbox: true }],
    notices: ["a notice"],
  });
});
