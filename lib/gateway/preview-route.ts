import "server-only";
import { worstCost } from "@/lib/billing/price-generation";
import { getCatalog } from "@/lib/catalog/catalog";
import { AppError } from "@/lib/errors";
import { type NanoUsd, usdString } from "@/lib/money";
import type { Candidate } from "@/lib/routing/types";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { PREVIEW_OUTPUT_TOKENS, type RoutePreview, type RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { routeRecordSchema } from "@/lib/schemas/route-record";
import { type Plan, planRequest } from "./plan-request";
import { type ResolvedRequest, resolveRequest } from "./resolve-request";

/**
 * Where a prompt would go on this installation and what it could cost, for the start page: the same planning as for a
 * completion. Calls no provider, holds no credit.
 *
 * @throws AppError `invalid_request` for an unknown model.
 */
export function previewRoute(asked: RoutePreviewRequest, nowMs: number): RoutePreview {
  const resolved = resolveRequest(requestOf(asked), getCatalog());
  try {
    const { plan, needs } = planRequest(resolved, nowMs);
    return { kind: "planned", answer: { data: answerOf(resolved, plan, needs.promptTokens) } };
  } catch (error) {
    const refusal =
      error instanceof AppError ? routeRecordSchema.pick({ excluded: true }).safeParse(error.metadata) : undefined;
    if (refusal?.success !== true || !(error instanceof AppError)) throw error;
    return { kind: "refused", message: error.message, excluded: refusal.data.excluded };
  }
}

const SAMPLE_TOOL = { type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } };

function requestOf({ model, prompt, sort, denyDataCollection, withTools }: RoutePreviewRequest): ChatRequest {
  return chatRequestSchema.parse({
    model,
    messages: [{ role: "user", content: prompt }],
    max_tokens: PREVIEW_OUTPUT_TOKENS,
    provider: {
      ...(sort === "balance" ? {} : { sort }),
      ...(denyDataCollection ? { data_collection: "deny" } : {}),
    },
    ...(withTools ? { tools: [SAMPLE_TOOL] } : {}),
  });
}

function answerOf({ requestedModel }: ResolvedRequest, plan: Plan, promptTokens: number) {
  const [first] = plan.candidates;
  const costs = plan.candidates.map(({ endpoint }) => worstCost(promptTokens, PREVIEW_OUTPUT_TOKENS, endpoint.prices));
  const least = plan.candidates.map(({ endpoint }) => worstCost(promptTokens, 0, endpoint.prices));
  return {
    requested: requestedModel,
    strategy: plan.strategy,
    selected: namesOf(first),
    plan: plan.candidates.map((candidate, index) => ({
      ...namesOf(candidate),
      probability: candidate.probability,
      score: candidate.score,
      max_cost: usdString(costs[index] ?? 0n),
    })),
    excluded: [...plan.excluded],
    estimated_cost: { min: usdString(ascending(least)[0] ?? 0n), max: usdString(ascending(costs).at(-1) ?? 0n) },
  };
}

function namesOf({ model, endpoint }: Candidate) {
  return { model: model.id, provider: endpoint.provider.name, endpoint: endpoint.tag };
}

function ascending(amounts: readonly NanoUsd[]): NanoUsd[] {
  return amounts.toSorted((a, b) => (a < b ? -1 : 1));
}
