import "server-only";
import { renderCredential } from "@/lib/byok/credentials";
import { type StoredCredential, selectCredentials } from "@/lib/byok/store";
import { getCatalog } from "@/lib/catalog/catalog";
import { usdNumber } from "@/lib/money";
import { accessState } from "@/lib/providers/provider-access";
import { credentialFormOf } from "@/lib/schemas/credential-form";
import type { KeyedProvider, ShownCredential } from "@/lib/schemas/provider-credential";
import { formatTimestamp } from "@/lib/schemas/timestamp";
import { openAndConnect } from "./own-keys";

const MAX_SHOWN = 500;

/** All provider keys of an account, as its own pages show them. */
export async function listCredentials(accountId: string): Promise<ShownCredential[]> {
  const { rows } = await selectCredentials(accountId, { offset: 0, limit: MAX_SHOWN });
  return rows.map(showCredential);
}

export function showCredential(row: StoredCredential): ShownCredential {
  const connected = openAndConnect(row, accessState().table);
  return {
    ...renderCredential(row),
    provider_name: getCatalog().providers.get(row.provider)?.name ?? row.provider,
    problem: connected.kind === "refused" ? connected.problem : null,
    sandbox: connected.kind === "connected" && connected.access.sandbox,
    usage: {
      requests: Number(row.requests),
      upstream_cost: usdNumber(row.upstreamCostNanoUsd),
      fees: usdNumber(row.feeNanoUsd),
      last_used_at: row.lastUsedAt === null ? null : formatTimestamp(row.lastUsedAt),
    },
  };
}

/** The providers that take keys of accounts, by name, and how each is given its key. */
export function listKeyedProviders(): KeyedProvider[] {
  const models = new Map<string, Set<string>>();
  for (const { id, endpoints } of getCatalog().models.values()) {
    for (const { provider } of endpoints) models.set(provider.slug, (models.get(provider.slug) ?? new Set()).add(id));
  }
  return [...getCatalog().providers.values()]
    .filter(({ slug, fact }) => fact.kind === "hosted" && models.has(slug))
    .map(({ slug, name, fact }) => {
      const { json, hint, example } = credentialFormOf(fact);
      return {
        slug,
        name,
        protocol: fact.protocol,
        base_url: fact.baseUrl ?? null,
        takes_json: json !== "never",
        hint,
        example: example ?? null,
        models: [...(models.get(slug) ?? [])].sort(),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
