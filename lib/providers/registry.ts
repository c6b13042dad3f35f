import "server-only";
import type { Protocol } from "@/lib/schemas/catalog";
import { anthropicAdapter } from "./anthropic/anthropic-adapter";
import { azureAdapter } from "./azure/azure-adapter";
import { bedrockAdapter } from "./bedrock/bedrock-adapter";
import { cohereAdapter } from "./cohere/cohere-adapter";
import { geminiAdapter } from "./gemini/gemini-adapter";
import { ollamaAdapter } from "./ollama/ollama-adapter";
import { openAiAdapter } from "./openai/openai-adapter";
import type { Adapter } from "./types";
import { vertexAdapter } from "./vertex/vertex-adapter";

const ADAPTERS = {
  "openai-compatible": openAiAdapter,
  anthropic: anthropicAdapter,
  gemini: geminiAdapter,
  vertex: vertexAdapter,
  bedrock: bedrockAdapter,
  azure: azureAdapter,
  cohere: cohereAdapter,
  ollama: ollamaAdapter,
} as const satisfies Record<Protocol, Adapter>;

/** The adapter that speaks a protocol. */
export function adapterOf(protocol: Protocol): Adapter {
  return ADAPTERS[protocol];
}
