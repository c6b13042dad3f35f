import { z } from "zod";

// A person's tool servers, and what they have allowed, as their browser keeps them.

const toolServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  /** Sent with every request to it, and kept nowhere else. */
  header: z.object({ name: z.string(), value: z.string() }).nullable(),
  isOn: z.boolean(),
});
export type ToolServer = z.infer<typeof toolServerSchema>;

export const toolSettingsSchema = z.object({
  servers: z.array(toolServerSchema),
  /** Tools that need not ask any more. */
  allowed: z.array(z.string()),
});
export type ToolSettings = z.infer<typeof toolSettingsSchema>;
