import { AUTO_ROUTERS } from "./auto-router/plugin";
import { CONTEXT_COMPRESSION } from "./context-compression/plugin";
import { FILE_PARSER } from "./file-parser/plugin";
import type { Plugin } from "./types";
import { WEB } from "./web/plugin";

const ALL: readonly Plugin[] = [
  // One a line.
  CONTEXT_COMPRESSION,
  FILE_PARSER,
  WEB,
  ...AUTO_ROUTERS,
];

/** Every plugin there is, by id. */
export const PLUGINS: ReadonlyMap<string, Plugin> = new Map(ALL.map((plugin) => [plugin.id, plugin]));
