import { getPool } from "@/lib/db/connection";
import { randomText } from "@/lib/id";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { GenerationRow } from "@/lib/schemas/settlement";

/** A route with one of everything. */
export const EXAMPLE_ROUTE: RouteRecord = {
  candidates: [{ endpoint: "openai", model: "openai/gpt-4o", provider: "OpenAI", probability: 0.8, score: 0.0000025 }],
  excluded: [
    {
      model: "openai/gpt-4o",
      provider: "Azure",
      endpoint: "azure",
      rule: "zdr",
      reason: "keeps prompts",
      fix: "leave out provider.zdr",
    },
  ],
  attempts: [
    { model: "openai/gpt-4o", provider: "Azure", endpoint: "azure", status: 408, latencyMs: 5, error: "timeout" },
    { model: "openai/gpt-4o", provider: "OpenAI", endpoint: "openai", status: 200, latencyMs: 300 },
  ],
  notices: ["max_tokens was lowered"],
};

/** A finished generation of an account, with a new id. */
export function exampleGeneration(accountId: string, fields: Partial<GenerationRow> = {}): GenerationRow {
  return {
    id: `gen-1795262400-${randomText(20)}`,
    accountId,
    apiKeyHash: null,
    createdAt: "2026-11-21T12:00:00.123Z",
    apiType: "completions",
    requestedModel: "openai/gpt-4o:nitro",
    modelId: "openai/gpt-4o",
    providerSlug: "openai",
    endpointTag: "openai",
    upstreamId: "chatcmpl-1",
    streamed: true,
    state: "finished",
    finishReason: "stop",
    nativeFinishReason: "end_turn",
    promptTokens: 100,
    completionTokens: 50,
    reasoningTokens: 20,
    cachedTokens: 10,
    cacheWriteTokens: 0,
    imageTokens: 3,
    audioTokens: 0,
    estimated: false,
    insured: false,
    sandbox: true,
    isByok: false,
    costNanoUsd: "1500001",
    upstreamCostNanoUsd: null,
    firstTokenMs: 320,
    gatewayMs: 2,
    generationMs: 500,
    httpReferer: "https://app.example",
    appTitle: "App",
    userAgent: "curl",
    externalUser: "customer-7",
    sessionId: "chat-1",
    serviceTier: "default",
    route: EXAMPLE_ROUTE,
    ...fields,
  };
}

/** Puts a generation of an account into the connected test database, without charging it. @returns its id. */
export async function insertGeneration(accountId: string, fields: Partial<GenerationRow> = {}): Promise<string> {
  const row = exampleGeneration(accountId, fields);
  await getPool().query(`INSERT INTO "Generation" SELECT * FROM json_populate_record(NULL::"Generation", $1)`, [
    JSON.stringify(row),
  ]);
  return row.id;
}
