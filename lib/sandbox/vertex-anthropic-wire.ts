import { anthropicRefusal } from "@/lib/sandbox/anthropic-failures";
import { anthropicWire } from "@/lib/sandbox/anthropic-wire";
import { isRecord } from "@/lib/sandbox/json-value";
import type { Wire } from "@/lib/sandbox/wire";

/**
 * Anthropic's protocol at Vertex AI: the model is part of the address, and the version part of the body. Source:
 * platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai, as known in 2026-11.
 */
export const vertexAnthropicWire: Wire = {
  ...anthropicWire,
  hasKey: ({ headers }) => Boolean(headers["x-goog-api-key"]) || /^bearer\s+\S/i.test(headers.authorization ?? ""),
  read(body, call) {
    if (!isRecord(body)) return anthropicWire.read(body, call);
    if (body.model !== undefined) throw anthropicRefusal("model: Extra inputs are not permitted", call);
    if (body.anthropic_version === undefined) throw anthropicRefusal("anthropic_version: Field required", call);
    return anthropicWire.read({ ...body, model: call.model }, call);
  },
};
