import { z } from "zod";
import { accountSettingsSchema } from "./account-settings";

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
      /** What its requests cost at the account's own provider keys counts for its limit. */
      includesByok: z.boolean().optional(),
    })
    .nullable(),
  /** The account's, so that no stage has to ask for them. */
  settings: accountSettingsSchema,
});
export type Caller = z.infer<typeof callerSchema>;
