import "server-only";
import { getPool } from "@/lib/db/connection";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";

/** What an operator changed of one catalog entry. */
export type CatalogOverride = { kind: string; key: string; patch: Record<string, unknown> };

export type StoredCatalog = {
  providers: unknown[];
  models: unknown[];
  endpoints: unknown[];
  overrides: CatalogOverride[];
};

const NEWEST_CHECKSUM = `SELECT "checksum" FROM "CatalogImport" ORDER BY "id" DESC LIMIT 1`;

/** The checksum of the newest import, `null` before the first. */
export async function findImportChecksum(): Promise<string | null> {
  const { rows } = await getPool().query<{ checksum: string }>(NEWEST_CHECKSUM);
  return rows[0]?.checksum ?? null;
}

/** Everything that was imported, and the overrides. */
export async function readStoredCatalog(): Promise<StoredCatalog> {
  const pool = getPool();
  const facts = (table: string, order: string) =>
    pool
      .query<{ fact: unknown }>(`SELECT "fact" FROM "${table}" ORDER BY ${order}`)
      .then((result) => result.rows.map((row) => row.fact));
  const [providers, models, endpoints, overrides] = await Promise.all([
    facts("CatalogProvider", '"slug"'),
    facts("CatalogModel", '"id"'),
    facts("CatalogEndpoint", '"modelId", "tag"'),
    pool.query<CatalogOverride>(`SELECT "kind", "key", "patch" FROM "CatalogOverride"`).then((result) => result.rows),
  ]);
  return { providers, models, endpoints, overrides };
}

/**
 * Replaces the imported facts in one transaction; entries that are no longer in the data go, overrides stay. Processes
 * that import at the same time wait for each other, and the second finds the work done.
 */
export async function replaceImportedFacts(
  checksum: string,
  facts: { providers: readonly ProviderFact[]; models: readonly ModelFact[]; endpoints: readonly EndpointFact[] },
): Promise<void> {
  const client = await getPool().connect();
  try {
    await client.query("BEGIN");
    await client.query(`LOCK TABLE "CatalogImport" IN EXCLUSIVE MODE`);
    const { rows } = await client.query<{ checksum: string }>(NEWEST_CHECKSUM);
    if (rows[0]?.checksum !== checksum) {
      await client.query(`TRUNCATE "CatalogProvider", "CatalogModel", "CatalogEndpoint"`);
      await client.query(
        `INSERT INTO "CatalogProvider" ("slug", "fact") SELECT f->>'slug', f FROM jsonb_array_elements($1::jsonb) f`,
        [JSON.stringify(facts.providers)],
      );
      await client.query(
        `INSERT INTO "CatalogModel" ("id", "fact") SELECT f->>'id', f FROM jsonb_array_elements($1::jsonb) f`,
        [JSON.stringify(facts.models)],
      );
      await client.query(
        `INSERT INTO "CatalogEndpoint" ("modelId", "tag", "providerSlug", "fact")
         SELECT f->>'model', f->>'tag', f->>'provider', f FROM jsonb_array_elements($1::jsonb) f`,
        [JSON.stringify(facts.endpoints)],
      );
      await client.query(`INSERT INTO "CatalogImport" ("checksum") VALUES ($1)`, [checksum]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
