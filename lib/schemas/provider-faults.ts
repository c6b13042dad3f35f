import { z } from "zod";

const probabilitySchema = z.number().min(0).max(1).optional();
const chunksSchema = z.int().min(0).optional();

/**
 * What is turned wrong for one provider. Everything is optional and absent means healthy; a `probability` that is
 * absent means always. Chunks are content chunks: the frames of a stream that carry tokens.
 */
export const providerFaultsSchema = z.strictObject({
  /** Added before the first byte. */
  extraLatencyMs: z.int().min(0).max(600_000).optional(),
  /** Added before each content chunk of a stream. */
  slowChunkMs: z.int().min(0).max(600_000).optional(),
  /** An HTTP error; with `afterChunks` a stream that fails after so many chunks. */
  error: z
    .strictObject({
      status: z.int().min(400).max(599),
      retryAfterSeconds: z.int().min(0).optional(),
      afterChunks: chunksSchema,
      probability: probabilitySchema,
    })
    .optional(),
  /** The connection is closed without an answer. */
  reset: z.strictObject({ probability: probabilitySchema }).optional(),
  /** Silence until the client gives up: from the start, or after so many chunks of a stream. */
  stall: z.strictObject({ afterChunks: chunksSchema, probability: probabilitySchema }).optional(),
  /** The socket is closed after so many chunks (absent: 0), or in the middle of a body that is not streamed. */
  truncate: z.strictObject({ afterChunks: chunksSchema, probability: probabilitySchema }).optional(),
  /** A body, or one event after so many chunks (absent: 0), that is not JSON. */
  garbage: z.strictObject({ afterChunks: chunksSchema, probability: probabilitySchema }).optional(),
  /** Status 200 and nothing said: an answer without content, or no body at all. */
  empty: z.strictObject({ what: z.enum(["content", "body"]).optional(), probability: probabilitySchema }).optional(),
  /** The answer is withheld by the provider's own content filter. */
  refuse: z.strictObject({ probability: probabilitySchema }).optional(),
});
export type ProviderFaults = z.infer<typeof providerFaultsSchema>;

/** What is turned wrong, by provider slug; a provider that is not named is healthy. */
export const faultMapSchema = z.record(z.string().min(1).max(128), providerFaultsSchema);
export type FaultMap = z.infer<typeof faultMapSchema>;
