// How long it takes to decide where a request may go, over a model with 20 endpoints that all can serve it.

import { needsOf } from "@/lib/gateway/needs-of";
import { parseChatRequest } from "@/lib/gateway/parse-chat-request";
import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import { planRoute } from "@/lib/routing/plan-route";
import type { EndpointHealth } from "@/lib/routing/types";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { makeModel } from "@/lib/testing/make-model";

const ENDPOINTS = 20;
const WARM_UP = 20_000;
const BATCH = 2_000;
const BATCHES = 30;

const model = makeModel({
  endpoints: Array.from({ length: ENDPOINTS }, (_, index) => ({
    provider: `provider-${index}`,
    price: 0.5 + index / 10,
  })),
});
const request = parseChatRequest(
  Buffer.from(
    JSON.stringify({
      model: model.id,
      messages: [{ role: "user", content: "Tell me what the fox does." }],
      temperature: 0.7,
      max_tokens: 512,
    }),
  ),
);
const needs = needsOf(request);
const preferences = normalizePreferences(request.provider, [], DEFAULT_ACCOUNT_SETTINGS);
const measured: EndpointHealth = { stable: true, throughputP50: 80, latencyMsP50: 300 };
const health = new Map(model.endpoints.map(({ id }) => [id, measured]));

plan(WARM_UP);
let perPlanUs = Number.POSITIVE_INFINITY;
for (let batch = 0; batch < BATCHES; batch += 1) {
  const startedMs = performance.now();
  plan(BATCH);
  perPlanUs = Math.min(perPlanUs, ((performance.now() - startedMs) / BATCH) * 1_000);
}
process.send?.({ report: { perPlanUs } });
// Waits to be stopped, like everything that the benchmark starts.
process.channel?.ref();

function plan(times: number): void {
  for (let time = 0; time < times; time += 1) {
    const { kind } = planRoute({
      models: [model],
      needs,
      preferences,
      isConfigured: () => true,
      health,
      random: Math.random,
    });
    if (kind !== "route") throw new Error("the benchmark's own request cannot be routed");
  }
}
