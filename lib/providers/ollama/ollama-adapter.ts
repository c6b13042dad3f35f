import "server-only";
import { openAiAdapter } from "../openai/openai-adapter";
import type { Adapter } from "../types";

/** Ollama, by the OpenAI protocol that it speaks under `/v1`: tools, reasoning, pictures and schemas are all in it. */
export const ollamaAdapter: Adapter = { ...openAiAdapter, protocol: "ollama" };
