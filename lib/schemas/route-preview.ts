import { z } from "zod";

export const PREVIEW_SORTS = ["balance", "price", "throughput", "latency"] as const;

/** How long an answer the preview is asked for, in tokens. */
export const PREVIEW_OUTPUT_TOKENS = 500;

/** What a visitor of the start page asks: where would this go? */
export const routePreviewRequestSchema = z.strictObject({
  /** A model's id, with variants. Not a preset: those belong to an account. */
  model: z
    .string()
    .max(200, "must have at most 200 characters")
    .regex(/^[~\w.-]+\/[\w.:-]+$/, "must be a model's id"),
  prompt: z.string().max(20_000, "must have at most 20,000 characters"),
  /** `balance`: by price and health, drawn by lot. */
  sort: z.enum(PREVIEW_SORTS),
  /** Leave out providers that may store prompts or train on them. */
  denyDataCollection: z.boolean(),
  /** As if the request offered the model a tool. */
  withTools: z.boolean(),
});
export type RoutePreviewRequest = z.infer<typeof routePreviewRequestSchema>;

const SAMPLE_TOOL = { type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } };

/** The body of the chat completion that a visitor asks about. */
export function previewBody(asked: RoutePreviewRequest): Readonly<Record<string, unknown>> {
  const { model, prompt, sort, denyDataCollection, withTools } = asked;
  const provider = {
    ...(sort === "balance" ? {} : { sort }),
    ...(denyDataCollection ? { data_collection: "deny" } : {}),
  };
  return {
    model,
    messages: [{ role: "user", content: prompt }],
    max_tokens: PREVIEW_OUTPUT_TOKENS,
    ...(Object.keys(provider).length === 0 ? {} : { provider }),
    ...(withTools ? { tools: [SAMPLE_TOOL] } : {}),
  };
}
