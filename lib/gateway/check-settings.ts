import type { Catalog } from "@/lib/catalog/build-catalog";
import { resolveModel } from "@/lib/catalog/resolve-model";
import { invalidField } from "@/lib/errors";
import type { Plugin } from "@/lib/plugins/types";
import type { UpdateSettingsRequest } from "@/lib/schemas/account-settings";
import { checkPluginConfig } from "./check-plugin-config";
import { unknownPlugin } from "./unknown-plugin";

/**
 * Sees to it that settings name only what there is: models, providers (by slug, endpoint tag or display name), plugins.
 *
 * @throws AppError `invalid_request` that names the first field that does not.
 */
export function checkSettings(
  { preferences, plugins }: UpdateSettingsRequest,
  catalog: Catalog,
  known: ReadonlyMap<string, Plugin>,
): void {
  const model = preferences?.default_model;
  if (typeof model === "string" && resolveModel(catalog, model) === undefined) {
    throw invalidField("preferences.default_model", `${model} is not a valid model ID`);
  }
  checkProviders("allowed_providers", preferences?.allowed_providers, catalog);
  checkProviders("ignored_providers", preferences?.ignored_providers, catalog);
  for (const [index, { id, enabled: _on, prevent_overrides: _final, ...config }] of (plugins ?? []).entries()) {
    const plugin = known.get(id);
    if (plugin === undefined) throw unknownPlugin(`plugins[${index}].id`, id, known.keys());
    checkPluginConfig(plugin, config, `plugins[${index}]`);
  }
}

function checkProviders(field: string, names: readonly string[] | null | undefined, catalog: Catalog): void {
  if (names == null || names.length === 0) return;
  const known = providerNames(catalog);
  const wrong = names.findIndex((name) => !known.has(name.toLowerCase()));
  if (wrong !== -1) {
    throw invalidField(`preferences.${field}[${wrong}]`, `no provider is called "${names[wrong]}"; see GET /providers`);
  }
}

/** Every name that a provider or one of its endpoints goes by, in lower case. */
function providerNames({ providers, models }: Catalog): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { slug, name } of providers.values()) names.add(slug.toLowerCase()).add(name.toLowerCase());
  for (const { endpoints } of models.values()) for (const { tag } of endpoints) names.add(tag.toLowerCase());
  return names;
}
