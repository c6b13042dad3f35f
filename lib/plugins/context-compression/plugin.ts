import { z } from "zod";
import type { Plugin } from "../types";

/** No step of its own: what is left out depends on the endpoint, and is decided for each one when it is tried. */
export const CONTEXT_COMPRESSION: Plugin = {
  id: "context-compression",
  config: z.looseObject({ engine: z.literal("middle-out").nullish() }),
};
