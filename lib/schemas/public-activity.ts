import { z } from "zod";

/** The query of `GET /activity`. */
export const activityRequestSchema = z.object({
  date: z.iso.date("must be a UTC day such as 2026-11-21").optional(),
  api_key_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be the hash of a key: 64 hexadecimal digits")
    .optional(),
  user_id: z.string().min(1, "must be the id of a user").optional(),
  group_by: z.literal("workspace", 'must be "workspace"').optional(),
  workspace_id: z.uuid("must be a UUID").optional(),
});

/** A row of the answer of `GET /activity`. Amounts are USD. */
export const activityItemSchema = z.object({
  /** A UTC day. */
  date: z.string(),
  model: z.string(),
  model_permaslug: z.string(),
  endpoint_id: z.string(),
  provider_name: z.string(),
  usage: z.number(),
  /** What providers took themselves for requests with keys of the account's own. */
  byok_usage_inference: z.number(),
  requests: z.number().int(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  reasoning_tokens: z.number().int(),
  /** With `group_by=workspace` alone. */
  workspace_id: z.string().optional(),
});
export type ActivityItem = z.infer<typeof activityItemSchema>;
