import type { GatewayRequest } from "./http";

/**
 * Beta features that a caller may switch on at Anthropic. Others are dropped: a feature may change what is stored or
 * charged. Source: the two that OpenRouter documents for `x-anthropic-beta`, read 2026-11.
 */
const ALLOWED = new Set(["fine-grained-tool-streaming-2025-05-14", "interleaved-thinking-2025-05-14"]);

/** The allowed features of the `x-anthropic-beta` header, a comma-separated list, or of that of Anthropic's clients. */
export function betaFeaturesOf(headers: GatewayRequest["headers"]): readonly string[] {
  const header = headers["x-anthropic-beta"] ?? headers["anthropic-beta"];
  if (header === undefined) return [];
  return header
    .split(",")
    .map((feature) => feature.trim())
    .filter((feature) => ALLOWED.has(feature));
}
