import { invalidField } from "@/lib/errors";
import type { PresetContent } from "@/lib/schemas/preset";
import { parseModelReference } from "./model-reference";

/** Every process keeps the presets in use in memory. */
const MAX_CONTENT_CHARS = 262_144;

/**
 * Refuses what no preset may say: what one preset does must not depend on another one.
 *
 * @param prefix The path of the fields in the caller's body: `""` or `"config."`.
 * @throws AppError `invalid_request` that names the field.
 */
export function checkContent(content: PresetContent, prefix: "" | "config."): void {
  const { model, models } = content.config;
  refuseReference(`${prefix}model`, model);
  for (const [index, text] of (models ?? []).entries()) refuseReference(`${prefix}models[${index}]`, text);
  if (JSON.stringify(content).length > MAX_CONTENT_CHARS) {
    throw invalidField(prefix === "" ? "body" : "config", `must have at most ${MAX_CONTENT_CHARS} characters of JSON`);
  }
}

function refuseReference(field: string, text: string | null | undefined): void {
  if (text == null || parseModelReference(text).preset === undefined) return;
  throw invalidField(field, "a preset cannot refer to a preset; name the model alone");
}
