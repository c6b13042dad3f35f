import type { ChatRequest } from "@/lib/schemas/chat-request";
import { parseModelReference } from "./model-reference";

const NONE: readonly string[] = [];
const isReference = (text: string | null | undefined) => text?.includes("@preset/") === true;

/** The presets that a request names, each once: in `preset`, then in `model`, then in `models`. */
export function presetSlugsOf({ preset, model, models }: ChatRequest): readonly string[] {
  // Nearly every request names none.
  if (preset == null && !isReference(model) && models?.some(isReference) !== true) return NONE;
  const inModels = [model, ...(models ?? [])].map((text) =>
    text == null ? undefined : parseModelReference(text).preset,
  );
  return [...new Set([preset, ...inModels].filter((slug) => slug !== null && slug !== undefined))];
}
