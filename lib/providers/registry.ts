import "server-only";
import type { Protocol } from "@/lib/schemas/catalog";
import { anthropicAdapter } from "./anthropic/anthropic-adapter";
import { geminiAdapter } from "./gemini/gemini-adapter";
import { openAiAdapter } from "./openai/openai-adapter";
import type { Adapter } from "./types";

const ADAPTERS: ReadonlyMap<Protocol, Adapter> = new Map(
  [openAiAdapter, anthropicAdapter, geminiAdapter].map((adapter) => [adapter.protocol, adapter]),
);

/** The adapter that speaks a protocol; `undefined` for a protocol that we know of and cannot speak. */
export function findAdapter(protocol: Protocol): Adapter | undefined {
  return ADAPTERS.get(protocol);
}
