import "server-only";
import pino, { type Logger } from "pino";
import { env } from "./env";
import { processState } from "./process-state";

/**
 * The structured log of this process: JSON lines on standard output. Prompts, completions, keys and cookies never go
 * in; callers log ids, sizes and timings.
 */
export function log(): Logger {
  return processState("log", () =>
    pino({
      level: env().LOG_LEVEL,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ["*.authorization", "*.cookie", "*.apiKey", "*.password"], censor: "[removed]" },
    }),
  );
}
