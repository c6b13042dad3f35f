import { isRecord, type JsonRecord, listOf, recordOf } from "../json";
import type { ModelVendor } from "./model-vendor";

type Place = "messages" | "system" | "tools";

// Where each vendor's models take marks; a mark anywhere else is refused.
// Source: docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html, supported models, as known in 2026-11.
const MARKED_PLACES: Readonly<Record<ModelVendor, readonly Place[]>> = {
  anthropic: ["messages", "system", "tools"],
  amazon: ["messages", "system"],
  openai: [],
  mistral: [],
  cohere: [],
  other: [],
};

/**
 * The body without the marks that the model would refuse.
 * @param dropped collects `cache_control` when there were any
 */
export function stripCachePoints(body: JsonRecord, vendor: ModelVendor, dropped: Set<string>): JsonRecord {
  const places = MARKED_PLACES[vendor];
  const kept = (blocks: unknown): readonly unknown[] => {
    const rest = listOf(blocks).filter((block) => !isRecord(block) || block.cachePoint === undefined);
    if (rest.length < listOf(blocks).length) dropped.add("cache_control");
    return rest;
  };
  const out: JsonRecord = { ...body };
  if (!places.includes("messages")) {
    out.messages = listOf(body.messages).map((turn) => {
      const { role, content } = recordOf(turn) ?? {};
      return { role, content: kept(content) };
    });
  }
  if (body.system !== undefined && !places.includes("system")) out.system = kept(body.system);
  const toolConfig = recordOf(body.toolConfig);
  if (toolConfig !== undefined && !places.includes("tools")) {
    out.toolConfig = { ...toolConfig, tools: kept(toolConfig.tools) };
  }
  return out;
}
