import "server-only";
import { usdNumber } from "@/lib/money";
import type { ActivityItem } from "@/lib/schemas/public-activity";
import { selectProviderNames } from "./store";
import { selectEndpointDays } from "./sums/store";

/**
 * What the account had served, by day, model and endpoint, newest day first. Requests that no endpoint answered belong to
 * no row.
 *
 * @param query.from first UTC day, such as `2026-11-21`; `to` is the last one.
 * @param query.keyHashes counts requests of these keys alone; `null`: all, the chatroom's too.
 */
export async function listDailyActivity(query: {
  accountId: string;
  from: string;
  to: string;
  keyHashes: readonly string[] | null;
}): Promise<Omit<ActivityItem, "model_permaslug">[]> {
  const rows = await selectEndpointDays(query);
  const names = await selectProviderNames(rows.map(({ providerSlug }) => providerSlug));
  return rows.map((row) => ({
    date: row.day,
    model: row.modelId,
    // As in the catalog: a tag alone says which provider, not which model.
    endpoint_id: `${row.modelId}|${row.endpointTag}`,
    provider_name: names.get(row.providerSlug) ?? row.providerSlug,
    usage: usdNumber(row.costNanoUsd),
    byok_usage_inference: usdNumber(row.upstreamCostNanoUsd),
    requests: Number(row.requests),
    prompt_tokens: Number(row.promptTokens),
    completion_tokens: Number(row.completionTokens),
    reasoning_tokens: Number(row.reasoningTokens),
  }));
}
