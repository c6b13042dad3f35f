import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { AdapterTarget } from "./types";

/**
 * Fields of the request that are meant for us, or that every adapter translates by itself. They are never copied to a
 * provider and never reported as dropped.
 */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  "model",
  "models",
  "route",
  "preset",
  "provider",
  "plugins",
  "transforms",
  "session_id",
  "trace",
  "usage",
  "debug",
  "prompt",
  "include_reasoning",
  "structured_outputs",
  "messages",
  "stream",
  "stream_options",
  "max_tokens",
  "max_completion_tokens",
  "n",
  "reasoning",
  "reasoning_effort",
]);

/** Whether the endpoint takes the parameter. An empty list means that nothing is known, so everything is tried. */
export function isSupported(target: AdapterTarget, parameter: string): boolean {
  return target.supportedParameters.size === 0 || target.supportedParameters.has(parameter);
}

/** The stop sequences as a list, without blank ones, which Anthropic refuses and no model can mean. */
export function stopSequencesOf(request: ChatRequest): readonly string[] {
  const stop = request.stop ?? [];
  return (typeof stop === "string" ? [stop] : stop).filter((sequence) => sequence.trim() !== "");
}

/** Whether a parameter asks for nothing beyond what happens without it, so that leaving it out loses nothing. */
export function isNoOp(name: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  switch (name) {
    case "logprobs":
      return value === false;
    case "parallel_tool_calls":
      return value === true;
    case "response_format":
      return typeof value === "object" && "type" in value && value.type === "text";
    case "modalities":
      return Array.isArray(value) && value.every((modality) => modality === "text");
    default:
      return Array.isArray(value) && value.length === 0;
  }
}
