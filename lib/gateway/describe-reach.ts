import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { accessState, canReach } from "@/lib/providers/provider-access";

/** How much can be reached from here now. */
export function describeReach(): { models: number; endpoints: number; providers: number; isSandbox: boolean } {
  const { table } = accessState();
  let models = 0;
  let endpoints = 0;
  for (const model of getCatalog().models.values()) {
    const reached = model.endpoints.filter((endpoint) => canReach(table, endpoint)).length;
    endpoints += reached;
    if (reached > 0) models += 1;
  }
  const access = [...table.values()];
  return {
    models,
    endpoints,
    providers: access.length,
    isSandbox: access.length > 0 && access.every(({ sandbox }) => sandbox),
  };
}
