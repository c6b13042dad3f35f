import "server-only";
import type { ActivityFacets } from "@/lib/schemas/activity-filter";
import { selectFacets } from "./facets/store";
import { selectKeyNames, selectProviderNames } from "./store";

/** What the account's activity can be filtered by: all that was ever in it, up to some hundreds of each. */
export async function listActivityFacets(accountId: string): Promise<ActivityFacets> {
  const { models, providers, keys, apps, hasChatroom } = await selectFacets(accountId);
  const [keyNames, providerNames] = await Promise.all([
    selectKeyNames(accountId, keys),
    selectProviderNames(providers),
  ]);
  return {
    models,
    providers: providers.map((slug) => ({ slug, name: providerNames.get(slug) ?? slug })),
    keys: keys.map((hash) => ({
      hash,
      name: keyNames.get(hash)?.name ?? "Removed key",
      label: keyNames.get(hash)?.label ?? "",
    })),
    apps,
    hasChatroom,
  };
}
