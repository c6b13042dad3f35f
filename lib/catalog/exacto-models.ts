import type { ModelFact } from "@/lib/schemas/catalog";

const SUFFIX = ":exacto";

/**
 * The `:exacto` entries of all models that name endpoints for it, where the catalog has none: an operator who names
 * endpoints of a further model makes its variant with that.
 */
export function exactoModels(facts: readonly ModelFact[]): readonly ModelFact[] {
  const known = new Set(facts.map(({ id }) => id));
  return facts.flatMap((fact) => {
    const id = fact.id + SUFFIX;
    if ((fact.exactoEndpoints?.length ?? 0) === 0 || fact.variantOf !== undefined || known.has(id)) return [];
    return { ...fact, id, name: `${fact.name} (exacto)`, variantOf: fact.id };
  });
}

/** Whether an entry is a variant that is served by the named endpoints of its base alone. */
export function isExacto({ id, variantOf }: ModelFact): boolean {
  return variantOf !== undefined && id === variantOf + SUFFIX;
}
