import { z } from "zod";

/** A model that a server on this machine, or beside it, says it has. */
export const localModelSchema = z.object({
  /** The server's own name of it. */
  upstreamId: z.string().min(1),
  /** 0: the server does not say. */
  contextTokens: z.int().nonnegative(),
  seesImages: z.boolean(),
  /** `undefined`: the server does not say, so it is tried. */
  takesTools: z.boolean().optional(),
  reasons: z.boolean(),
  embeds: z.boolean(),
  /** Seconds since 1970 at which it was put there; 0: not known. */
  createdSeconds: z.int().nonnegative(),
});
export type LocalModel = z.infer<typeof localModelSchema>;

/** A kind of local server, and the models of all servers of that kind that answer. */
export type LocalProvider = {
  slug: string;
  name: string;
  models: readonly LocalModel[];
};
