import { webConfigSchema } from "@/lib/schemas/web-search";
import type { Plugin } from "../types";

/** No step of its own: which engine searches depends on the endpoint, and is decided for each one when it is tried. */
export const WEB: Plugin = { id: "web", config: webConfigSchema };
