import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Compression } from "@/lib/schemas/compression";

/**
 * Whether a request wants its prompt compressed where it does not fit. The plugin is the newer way to say it and counts
 * before `transforms`; who says nothing leaves it to the size of the endpoint's context.
 */
export function compressionOf({ plugins, transforms }: ChatRequest): Compression {
  const entry = Array.isArray(plugins)
    ? plugins.find(({ id }) => id === "context-compression")
    : plugins?.["context-compression"];
  if (entry !== undefined) return entry.enabled === false ? "off" : "on";
  if (transforms === undefined || transforms === null) return "default";
  return transforms.length > 0 ? "on" : "off";
}
