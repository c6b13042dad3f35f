import "server-only";
import type { Endpoint } from "@/lib/schemas/endpoint";
import { adapterOf } from "./registry";
import type { Adapter } from "./types";

/**
 * The adapter that has an endpoint search the web by itself; `undefined`: it does not, its protocol has no words for it, or
 * nobody knows what a search costs there.
 */
export function searchingAdapterOf({ provider, upstreamId, prices }: Endpoint): Adapter | undefined {
  if (prices.webSearch === undefined) return undefined;
  const adapter = adapterOf(provider.fact.protocol);
  const spoken = adapter.forModel?.(upstreamId) ?? adapter;
  return spoken.searching?.({ providerSlug: provider.slug, upstreamId });
}
