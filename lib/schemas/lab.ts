import { z } from "zod";
import { routeRecordSchema } from "./route-record";

/** A provider that the sandbox plays on this installation. */
export type LabProvider = { slug: string; name: string; endpoints: number };

/** What happened to one request: where it was tried and what came of it, nothing of what could have been. */
export const labRequestSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  modelId: z.string(),
  /** `null`: nobody answered. */
  providerName: z.string().nullable(),
  state: z.string(),
  finishReason: z.string().nullable(),
  sandbox: z.boolean(),
  firstTokenMs: z.number().nullable(),
  attempts: routeRecordSchema.shape.attempts,
});
export type LabRequest = z.infer<typeof labRequestSchema>;

/** Newest first. */
export const labRequestsSchema = z.object({ rows: z.array(labRequestSchema) });
