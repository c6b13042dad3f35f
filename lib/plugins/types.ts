import type { z } from "zod";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatRequest } from "@/lib/schemas/chat-request";

/** What a plugin is told about the request it works on. */
export type PluginContext = {
  accountId: string;
  /** The plugin's entry in `plugins`, without its id. */
  config: Readonly<Record<string, unknown>>;
  signal: AbortSignal;
};

/**
 * A step before the provider is asked, a step on the finished answer, or both. Steps get values and give values; they
 * see neither the route nor the bill.
 */
export type Plugin = {
  id: string;
  /** What its entry in `plugins` may hold besides `id` and `enabled`. Absent: anything. */
  config?: z.ZodType<Readonly<Record<string, unknown>>>;
  /** @throws AppError to refuse the request. */
  before?: (request: ChatRequest, context: PluginContext) => Promise<ChatRequest>;
  /** Works on whole answers only: a streamed one has left already. */
  after?: (chunks: readonly ChatChunk[], context: PluginContext) => Promise<readonly ChatChunk[]>;
};
