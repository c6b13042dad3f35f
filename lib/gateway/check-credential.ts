import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { findModel } from "@/lib/catalog/resolve-model";
import { rawEnv } from "@/lib/env";
import { invalidField } from "@/lib/errors";
import { connectCredential } from "@/lib/providers/connect-credential";
import { accessState } from "@/lib/providers/provider-access";
import { credentialFormOf, credentialProblem } from "@/lib/schemas/credential-form";
import type { Provider } from "@/lib/schemas/endpoint";

/** The provider that a credential is for. @throws AppError `invalid_request` for one that takes no accounts' keys. */
export function requireKeyedProvider(slug: string): Provider {
  const provider = getCatalog().providers.get(slug);
  if (provider === undefined || provider.fact.kind !== "hosted") {
    throw invalidField("provider", `"${slug}" is not a provider that takes keys; GET /api/v1/providers lists them`);
  }
  return provider;
}

/**
 * Makes sure that a key could work: its form, and that it leads somewhere. Nobody is asked.
 *
 * @throws AppError `invalid_request` that names the wrong part (`key.region`). Quotes nothing of the key.
 */
export function checkKey({ name, fact }: Provider, key: string): void {
  const problem = credentialProblem(key, credentialFormOf(fact));
  if (problem !== undefined) throw invalidField(problem.field, problem.problem);
  const connected = connectCredential(fact, key, { variables: rawEnv(), table: accessState().table });
  if (connected.kind === "connected") return;
  const { field } = connected;
  const path = field === undefined ? "key" : field.startsWith("[") ? `key${field}` : `key.${field}`;
  throw invalidField(path, `cannot be used for ${name}: ${connected.problem}`);
}

/** @throws AppError `invalid_request` that names the first model that the catalog does not have */
export function checkAllowedModels(models: readonly string[] | null | undefined): void {
  for (const [index, id] of (models ?? []).entries()) {
    if (findModel(getCatalog(), id) === undefined) {
      throw invalidField(`allowed_models[${index}]`, `"${id}" is not a model of the catalog`);
    }
  }
}
