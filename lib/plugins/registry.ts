import type { Plugin } from "./types";

/** Every plugin there is, by id. */
export const PLUGINS: ReadonlyMap<string, Plugin> = new Map();
