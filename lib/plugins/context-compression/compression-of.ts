import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Compression } from "@/lib/schemas/compression";

/**
 * Whether a request wants its prompt compressed where it does not fit: its entry of the plugin says, once `transforms`
 * and the account's defaults are worked in. Without one it is left to the size of the endpoint's context.
 */
export function compressionOf({ plugins }: ChatRequest): Compression {
  const entry = Array.isArray(plugins)
    ? plugins.find(({ id }) => id === "context-compression")
    : plugins?.["context-compression"];
  if (entry === undefined) return "default";
  return entry.enabled === false ? "off" : "on";
}
