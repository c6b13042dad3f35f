import { z } from "zod";

/** Who is asking, after authentication. Secrets are not part of it. */
export const callerSchema = z.object({
  accountId: z.string(),
  userId: z.string().nullable(),
  /** `null`: a signed-in person's session (the chatroom). */
  key: z
    .object({
      hash: z.string(),
      label: z.string(),
      kind: z.enum(["inference", "provisioning"]),
      limitNanoUsd: z.bigint().nullable(),
    })
    .nullable(),
});
export type Caller = z.infer<typeof callerSchema>;
