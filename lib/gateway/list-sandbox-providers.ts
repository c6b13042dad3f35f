import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { accessState } from "@/lib/providers/provider-access";
import type { LabProvider } from "@/lib/schemas/lab";

/** The providers that the sandbox plays now, those with the most endpoints first; none when it is off or not needed. */
export function listSandboxProviders(): LabProvider[] {
  const { table } = accessState();
  const { providers, models } = getCatalog();
  const counts = new Map<string, number>();
  for (const { endpoints } of models.values()) {
    for (const { provider } of endpoints) counts.set(provider.slug, (counts.get(provider.slug) ?? 0) + 1);
  }
  return [...providers.values()]
    .filter(({ slug }) => table.get(slug)?.sandbox === true)
    .map(({ slug, name }) => ({ slug, name, endpoints: counts.get(slug) ?? 0 }))
    .filter(({ endpoints }) => endpoints > 0)
    .sort((a, b) => b.endpoints - a.endpoints || a.name.localeCompare(b.name));
}
