import { z } from "zod";

/**
 * A row of the `Generation` table as JSON: column names, bigints as decimal strings. Also the form in which
 * settlements wait in the local file while the database is away, hence a schema and not a type alone.
 */
export const generationRowSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  apiKeyHash: z.string().nullable(),
  createdAt: z.string(),
  apiType: z.string(),
  requestedModel: z.string(),
  modelId: z.string(),
  providerSlug: z.string().nullable(),
  endpointTag: z.string().nullable(),
  upstreamId: z.string().nullable(),
  streamed: z.boolean(),
  state: z.enum(["finished", "failed", "aborted", "interrupted"]),
  finishReason: z.string().nullable(),
  nativeFinishReason: z.string().nullable(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  reasoningTokens: z.int(),
  cachedTokens: z.int(),
  cacheWriteTokens: z.int(),
  imageTokens: z.int(),
  audioTokens: z.int(),
  estimated: z.boolean(),
  insured: z.boolean(),
  sandbox: z.boolean(),
  isByok: z.boolean(),
  costNanoUsd: z.string(),
  upstreamCostNanoUsd: z.string().nullable(),
  firstTokenMs: z.int().nullable(),
  gatewayMs: z.int().nullable(),
  generationMs: z.int().nullable(),
  httpReferer: z.string().nullable(),
  appTitle: z.string().nullable(),
  userAgent: z.string().nullable(),
  externalUser: z.string().nullable(),
  sessionId: z.string().nullable(),
  serviceTier: z.string().nullable(),
  route: z.unknown(),
});
export type GenerationRow = z.infer<typeof generationRowSchema>;

export const usageEntrySchema = z.object({
  accountId: z.string(),
  /** `byok_fee`: the provider is paid by the account, and the amount is our fee. */
  kind: z.enum(["usage", "byok_fee"]),
  /** Negative or zero. */
  amountNanoUsd: z.string(),
  generationId: z.string(),
  apiKeyHash: z.string().nullable(),
  state: z.enum(["exact", "estimated", "aborted", "insured"]),
  computation: z.unknown(),
  /** Of a fee: what its settling needs. */
  byok: z
    .object({
      credentialId: z.string(),
      /** The month's first day. */
      month: z.string(),
      /** So many requests of the month cost no fee. */
      freeRequests: z.int(),
      upstreamCostNanoUsd: z.string(),
      /** The part of the amount that is charged even where the fee is waived. Absent: none. */
      ownNanoUsd: z.string().optional(),
    })
    .optional(),
});
export type UsageEntry = z.infer<typeof usageEntrySchema>;

/** What is written when a generation ends: always its record, and its charge when there was an answer. */
export const settlementSchema = z.object({ generation: generationRowSchema, entry: usageEntrySchema.nullable() });
export type Settlement = z.infer<typeof settlementSchema>;

export type HoldRow = {
  generationId: string;
  instanceId: number;
  accountId: string;
  apiKeyHash: string | null;
  amountNanoUsd: string;
  requestedModel: string;
  modelId: string;
  streamed: boolean;
  createdAt: string;
};
