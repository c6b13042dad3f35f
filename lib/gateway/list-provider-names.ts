import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";

/** Every provider of the catalog, by name. */
export function listProviderNames(): { slug: string; name: string }[] {
  return [...getCatalog().providers.values()]
    .map(({ slug, name }) => ({ slug, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
