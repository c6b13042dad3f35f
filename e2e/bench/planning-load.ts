// How long it takes to decide where a request may go, over a model with 20 endpoints that all can serve it, and what the
// fullest `provider` object there is adds to that, its parsing included.

import { healthSnapshot } from "@/lib/gateway/endpoint-health";
import { needsOf } from "@/lib/gateway/needs-of";
import { parseChatRequest } from "@/lib/gateway/parse-chat-request";
import { measurementBook } from "@/lib/measurements/measurements";
import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import { planRoute } from "@/lib/routing/plan-route";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { makeModel } from "@/lib/testing/make-model";

const ENDPOINTS = 20;
const WARM_UP = 20_000;
const BATCH = 2_000;
const BATCHES = 30;

const CLEAN = { trains: false, retainsPrompts: false, zeroDataRetention: true };
const slugs = Array.from({ length: ENDPOINTS }, (_, index) => `provider-${index}`);
const model = makeModel({
  fact: { distillation: { allowed: true, source: "licence" } },
  endpoints: slugs.map((provider, index) => ({
    provider,
    price: 0.5 + index / 10,
    policy: CLEAN,
    quantization: "fp8",
    supportedParameters: ["max_tokens", "temperature", "tools", "structured_outputs"],
  })),
});

const BARE = {
  model: model.id,
  messages: [{ role: "user", content: "Tell me what the fox does." }],
  temperature: 0.7,
  max_tokens: 512,
};
const bare = Buffer.from(JSON.stringify(BARE));
const fullest = Buffer.from(
  JSON.stringify({
    ...BARE,
    provider: {
      order: slugs.slice(0, 5),
      only: slugs,
      ignore: ["nobody", "nowhere"],
      allow_fallbacks: true,
      require_parameters: true,
      data_collection: "deny",
      zdr: true,
      enforce_distillable_text: true,
      quantizations: ["fp8", "bf16", "mxfp4"],
      sort: { by: "throughput", partition: "none" },
      preferred_min_throughput: { p50: 50, p90: 20 },
      preferred_max_latency: { p50: 1, p99: 5 },
      max_price: { prompt: "9", completion: 9, request: 1, image: 1, audio: "9" },
    },
  }),
);

const startedMs = Date.now();
for (const { id } of model.endpoints) {
  for (let answer = 0; answer < 200; answer += 1) {
    measurementBook().noteOpened(id, startedMs);
    measurementBook().noteSpeed(id, 100 + answer, 40 + answer, startedMs);
  }
}

const request = parseChatRequest(bare);
const preferences = normalizePreferences(request.provider, request.route, DEFAULT_ACCOUNT_SETTINGS);
const needs = needsOf(request);
const perPlanUs = bestOf(() => plan(request, needs, preferences));
const bareUs = bestOf(() => planWhole(bare));
const fullestUs = bestOf(() => planWhole(fullest));
process.send?.({ report: { perPlanUs, providerObjectUs: fullestUs - bareUs } });
// Waits to be stopped, like everything that the benchmark starts.
process.channel?.ref();

function planWhole(body: Uint8Array): void {
  const parsed = parseChatRequest(body);
  plan(parsed, needsOf(parsed), normalizePreferences(parsed.provider, parsed.route, DEFAULT_ACCOUNT_SETTINGS));
}

function plan(
  { model: name }: ChatRequest,
  needs: ReturnType<typeof needsOf>,
  preferences: ReturnType<typeof normalizePreferences>,
): void {
  const { kind } = planRoute({
    models: [model],
    needs,
    preferences,
    isConfigured: () => true,
    health: healthSnapshot([model], Date.now()),
    random: Math.random,
  });
  if (kind !== "route") throw new Error(`the benchmark's own request for ${name} cannot be routed`);
}

/** The best batch's time for one, in µs. */
function bestOf(work: () => void): number {
  for (let time = 0; time < WARM_UP; time += 1) work();
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const batchMs = performance.now();
    for (let time = 0; time < BATCH; time += 1) work();
    best = Math.min(best, ((performance.now() - batchMs) / BATCH) * 1_000);
  }
  return best;
}
