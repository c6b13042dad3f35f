import "server-only";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { COMMITTED, type Migration } from "./migration";
import { NO_FILTERS, startSchemaEngine } from "./schema-engine";

/**
 * Applies what is missing with Prisma's schema engine, each script in one transaction.
 *
 * @returns the names it applied, in order.
 * @throws with the database's own error as the cause when a script fails; that script has then left no trace.
 */
export async function runSchemaEngine(options: {
  url: string;
  migrationsDir: string;
  migrations: readonly Migration[];
}): Promise<string[]> {
  const { url, migrationsDir, migrations } = options;
  const opened: SqlDriverAdapter[] = [];
  let failure: { name: string; cause: unknown } | undefined;

  // One connection, so that the session that runs the scripts is the one that holds Prisma's advisory lock: when this
  // process dies, the lock stays until the database has finished with the script.
  const prisma = new PrismaPg({ connectionString: url, max: 1 });
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: prisma.provider,
    adapterName: prisma.adapterName,
    connectToShadowDb: () => prisma.connectToShadowDb(),
    connect: async () => {
      const adapter = await prisma.connect();
      opened.push(adapter);
      const executeScript = adapter.executeScript.bind(adapter);
      // The adapter cuts scripts at every semicolon, function bodies and string literals included, and runs the pieces
      // one by one. Sent whole, PostgreSQL parses the script itself and makes it one transaction.
      // Source: @prisma/adapter-pg 7.10.0, read 2026-11-21.
      adapter.executeScript = async (script) => {
        const migration = migrations.find((candidate) => candidate.script === script);
        if (migration === undefined) return executeScript(script);
        try {
          await adapter.underlyingDriver().query(inOneTransaction(script));
        } catch (cause) {
          failure = { name: migration.name, cause };
          throw cause;
        }
      };
      return adapter;
    },
  };

  try {
    const engine = await startSchemaEngine(factory);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationListOf(migrationsDir, migrations),
      filters: NO_FILTERS,
    });
    return appliedMigrationNames;
  } catch (error) {
    if (failure === undefined) throw error;
    const { name, cause } = failure;
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    for (const adapter of opened) await adapter.dispose();
  }
}

function inOneTransaction(script: string): string {
  return [
    script,
    `;update _prisma_migrations set logs = '${COMMITTED}' where finished_at is null and rolled_back_at is null;`,
  ].join("\n");
}

function migrationListOf(migrationsDir: string, migrations: readonly Migration[]) {
  const lockFile = join(migrationsDir, "migration_lock.toml");
  return {
    baseDir: migrationsDir,
    shadowDbInitScript: "",
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockFile) ? readFileSync(lockFile, "utf8") : null,
    },
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: script } },
    })),
  };
}
