import type { Catalog } from "./build-catalog";
import { canReason, findModel, KNOWN_VARIANTS } from "./resolve-model";

/** What is wrong with a model string that means nothing, after the verdict on it; with what it could be, where we know. */
export function explainUnknownModel(catalog: Catalog, text: string, verdict = "is not a valid model ID"): string {
  const problem = problemOf(catalog, text);
  return problem === undefined ? `${text} ${verdict}` : `${text} ${verdict}: ${problem}`;
}

function problemOf(catalog: Catalog, text: string): string | undefined {
  const namesakes = catalog.idsByName.get(text) ?? [];
  if (namesakes.length > 1) return `several models have that name, ${namesakes.join(", ")}`;

  const [slug = "", ...words] = text.split(":");
  const model = findModel(catalog, slug);
  if (model === undefined || words.length === 0) return undefined;
  const unknown = words.find((word) => !KNOWN_VARIANTS.some((known) => known === word));
  if (unknown !== undefined) return `there is no variant ":${unknown}"; known ones are ${variantList(KNOWN_VARIANTS)}`;
  const own = KNOWN_VARIANTS.filter((word) => {
    if (findModel(catalog, `${slug}:${word}`) !== undefined) return true;
    return word !== "free" && word !== "exacto" && (word !== "thinking" || canReason(catalog, model));
  });
  const missing = words.find((word) => !own.some((known) => known === word));
  return missing === undefined
    ? `these variants do not go together; ${model.id} has ${variantList(own)}`
    : `${model.id} has no variant ":${missing}"; it has ${variantList(own)}`;
}

function variantList(words: readonly string[]): string {
  return words.map((word) => `:${word}`).join(", ");
}
