import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { PresetConfig, UsablePreset } from "@/lib/schemas/preset";
import { parseModelReference } from "./model-reference";
import { presetSlugsOf } from "./preset-slugs";
import { withoutNulls } from "./without-nulls";

/** Names of one setting: who gives one of them has said all that there is to say. */
const SYNONYMS = [
  ["max_tokens", "max_completion_tokens"],
  ["reasoning", "reasoning_effort"],
] as const satisfies readonly (readonly (keyof PresetConfig)[])[];

/**
 * The request with the presets that it names worked in, field by field at the top level: what the request says itself
 * wins, then the preset that is named first. A preset's system prompt goes before the request's messages.
 *
 * @param presets By slug; each that the request names must be there.
 */
export function mergePresets(request: ChatRequest, presets: ReadonlyMap<string, UsablePreset>): ChatRequest {
  const named = presetSlugsOf(request).flatMap((slug) => presets.get(slug) ?? []);
  if (named.length === 0) return request;

  const { preset: _, model: __, models: ___, ...own } = withoutNulls(request);
  const merged = named.reduce<Omit<ChatRequest, "model" | "models">>(
    (fields, { config }) => underlay(fields, config),
    own,
  );
  const prompt = named.find(({ systemPrompt }) => systemPrompt !== null)?.systemPrompt;
  return {
    ...merged,
    ...modelsOf(request, presets),
    messages: prompt == null ? request.messages : [{ role: "system", content: prompt }, ...request.messages],
  };
}

/** `fields` on top of a preset's, its models aside: they belong where the preset is named. */
function underlay<Fields extends Partial<ChatRequest>>(fields: Fields, config: PresetConfig): Fields {
  const { model: _, models: __, ...below } = withoutNulls(config);
  for (const names of SYNONYMS) {
    if (names.some((name) => fields[name] !== undefined)) for (const name of names) delete below[name];
  }
  return { ...below, ...fields };
}

/** The models to try: the request's, and in place of each preset its own. */
function modelsOf({ preset, model, models }: ChatRequest, presets: ReadonlyMap<string, UsablePreset>) {
  const configOf = (slug: string | null | undefined) => (slug == null ? undefined : presets.get(slug)?.config);
  const reference = model == null ? undefined : parseModelReference(model);
  // Those of `models` stand for a place in that list only.
  const configs = [configOf(preset), configOf(reference?.preset)].filter((config) => config !== undefined);
  const first = reference?.model ?? configs.find((config) => config.model != null)?.model;
  const rest =
    models?.flatMap((text) => {
      const entry = parseModelReference(text);
      return entry.model ?? allModelsOf(configOf(entry.preset));
    }) ?? configs.find((config) => config.models != null)?.models;
  // `@preset/slug` in place of a model, of a preset that has a list instead of one.
  const list = first == null && models != null ? (configOf(reference?.preset)?.models ?? []) : [];
  return {
    ...(first == null ? {} : { model: first }),
    ...(rest == null ? {} : { models: [...list, ...rest] }),
  };
}

function allModelsOf(config: PresetConfig | undefined): readonly string[] {
  return [config?.model, ...(config?.models ?? [])].filter((text) => text !== null && text !== undefined);
}
