import { z } from "zod";

/** How one model of a chat room is asked; what is absent is the model's own choice. */
export const modelParametersSchema = z.object({
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
  min_p: z.number().min(0).max(1).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  repetition_penalty: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional(),
  seed: z.int().optional(),
  /** Above the room's own one. */
  systemPrompt: z.string().optional(),
});
export type ModelParameters = z.infer<typeof modelParametersSchema>;
