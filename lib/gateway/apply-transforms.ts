import type { ChatRequest } from "@/lib/schemas/chat-request";
import { pluginEntriesOf } from "./apply-plugin-defaults";

/**
 * The request with `transforms`, the older way to ask for compression or against it, said as the plugin. Where the
 * request names the plugin itself, that counts.
 */
export function applyTransforms(request: ChatRequest): ChatRequest {
  const { transforms } = request;
  if (transforms === undefined || transforms === null) return request;
  const plugins = pluginEntriesOf(request);
  if (plugins.some(({ id }) => id === "context-compression")) return request;
  return { ...request, plugins: [...plugins, { id: "context-compression", enabled: transforms.length > 0 }] };
}
