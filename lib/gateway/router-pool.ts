import type { Catalog } from "@/lib/catalog/build-catalog";
import { AUTO_ROUTER } from "./choose-auto-models";

/** Ids of the models that a router entry chooses from, best known first; `undefined`: the entry is no such router. */
export function routerPoolOf(catalog: Catalog, id: string): readonly string[] | undefined {
  if (id === AUTO_ROUTER) return catalog.autoRouterPool.models.map(({ model }) => model);
  return catalog.routerPools.get(id);
}
