import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { accessState, canReach } from "@/lib/providers/provider-access";

/** Enough to choose from at a glance. */
const MAX_MODELS = 12;
/** One family would fill the list otherwise. */
const MAX_PER_AUTHOR = 2;

/** Models whose routing has something to show here: those that most configured endpoints offer. */
export function listPreviewModels(): { id: string; name: string; endpoints: number }[] {
  const { table } = accessState();
  const shown = new Map<string, number>();
  return [...getCatalog().models.values()]
    .filter(({ fact }) => fact.outputModalities.includes("text"))
    .map(({ id, fact, endpoints }) => ({
      id,
      name: fact.name,
      endpoints: endpoints.filter((endpoint) => canReach(table, endpoint)).length,
    }))
    .filter(({ endpoints }) => endpoints > 0)
    .sort((a, b) => b.endpoints - a.endpoints || a.id.localeCompare(b.id))
    .filter(({ id }) => {
      const author = id.split("/")[0] ?? id;
      const count = (shown.get(author) ?? 0) + 1;
      shown.set(author, count);
      return count <= MAX_PER_AUTHOR;
    })
    .slice(0, MAX_MODELS);
}
