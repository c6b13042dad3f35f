import type { Model } from "@/lib/schemas/endpoint";
import type { Catalog } from "./build-catalog";
import { resolveModel } from "./resolve-model";

export type ModelAddress =
  | {
      kind: "model";
      /** What requests name: the id of the entry with its variants. */
      id: string;
      /** The entry of that id: a model, an alias or a router. */
      entry: Model;
      /** What is behind it: of an alias the model that it stands for, of all others the entry itself. */
      model: Model;
      /** Dynamic variants, such as `nitro`. */
      variants: readonly string[];
    }
  /** An old or unusual name of something that has its page elsewhere. */
  | { kind: "moved"; id: string };

/** Finds whose page the address `/author/slug` is; `undefined` when it is nobody's. */
export function resolveAddress(catalog: Catalog, text: string): ModelAddress | undefined {
  const known = catalog.models.get(text);
  if (known !== undefined) {
    const model = catalog.models.get(known.fact.aliasOf ?? text) ?? known;
    return { kind: "model", id: text, entry: known, model, variants: [] };
  }
  const resolved = resolveModel(catalog, text);
  if (resolved === undefined) {
    const lower = text.toLowerCase();
    return lower === text ? undefined : moved(resolveAddress(catalog, lower));
  }
  const [first] = resolved.models;
  const entry = catalog.models.get(resolved.router ?? first.id) ?? first;
  const id = [entry.id, ...resolved.variants].join(":");
  if (id !== text) return { kind: "moved", id };
  return { kind: "model", id, entry, model: entry, variants: resolved.variants };
}

function moved(found: ModelAddress | undefined): ModelAddress | undefined {
  return found === undefined ? undefined : { kind: "moved", id: found.id };
}
