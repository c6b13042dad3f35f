import "server-only";
import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { resolveModel } from "@/lib/catalog/resolve-model";
import { indexNames, type NameIndex } from "@/lib/routing/body-builder/name-index";
import type { BuilderCatalog } from "@/lib/routing/body-builder/types";

export type Builder = { catalog: BuilderCatalog; index: NameIndex };

/** Indexing the names takes some 10 ms: it is done once for each state of the catalog, and only when it is asked for. */
const builders = new WeakMap<Catalog, Builder>();

/** The catalog as the Body Builder reads it. */
export function currentBuilder(): Builder {
  const catalog = getCatalog();
  let builder = builders.get(catalog);
  if (builder === undefined) {
    const models = [...catalog.models.values()];
    const resolve = (slug: string) => resolveSlug(catalog, slug);
    builder = { catalog: { models, rankings: catalog.rankings, resolve }, index: indexNames(models) };
    builders.set(catalog, builder);
  }
  return builder;
}

function resolveSlug(catalog: Catalog, slug: string): string | undefined {
  const resolved = resolveModel(catalog, slug);
  if (resolved === undefined) return undefined;
  const [model] = resolved.models;
  return [resolved.router ?? model.id, ...resolved.variants].join(":");
}
