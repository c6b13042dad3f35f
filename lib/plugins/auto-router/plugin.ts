import { AUTO_ROUTER_PLUGINS, autoRouterSettingsSchema } from "@/lib/schemas/auto-router";
import type { Plugin } from "../types";

/** No steps: the stage that chooses models for `openrouter/auto` reads the settings. On other models they do nothing. */
export const AUTO_ROUTERS: readonly Plugin[] = AUTO_ROUTER_PLUGINS.map((id) => ({
  id,
  config: autoRouterSettingsSchema,
}));
