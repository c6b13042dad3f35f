import "server-only";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { DatabaseLog } from "./database-log";
import { errorCodeOf } from "./error-code-of";
import { COMMITTED, type Migration } from "./migration";

type Recorded = { id: string; name: string; checksum: string; isFinished: boolean; isCommitted: boolean };

const CONNECT_TIMEOUT_MS = 10_000;
/** Held by a Signalbox process while it migrates. Any number that nobody else takes for an advisory lock will do. */
const MIGRATOR_LOCK = 72_707_370;
/** Prisma's own, also taken by `prisma migrate deploy`. Source: schema-engine, sql-schema-connector, read 2026-11-20. */
const PRISMA_LOCK = 72_707_369;

/**
 * Brings the database at `url` up to the migrations in `migrationsDir`, oldest first, and records them in Prisma's
 * `_prisma_migrations`, as `prisma migrate deploy` would. When nothing is to be done this costs one connection and one
 * query. Any number of processes may call it at once: one applies, the others wait and find nothing to do.
 *
 * Each migration is one transaction. A process killed in the middle leaves nothing half done: the next call finds out
 * whether the script was committed and either records it or runs it again.
 *
 * @throws when an applied migration's file was changed, or when a script fails (the database's error is the cause).
 */
export async function applyMigrations(options: {
  url: string;
  migrationsDir: string;
  log: DatabaseLog;
}): Promise<{ applied: string[] }> {
  const { url, migrationsDir, log } = options;
  const migrations = readMigrations(migrationsDir);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // It idles while the engine works. A connection lost then fails the engine's queries, too, and is reported there.
  client.on("error", () => undefined);
  await client.connect();
  try {
    if (isUpToDate(migrations, await readRecords(client), log)) return { applied: [] };

    await client.query("select pg_advisory_lock($1)", [MIGRATOR_LOCK]);
    await settleInterrupted(client, log);
    if (isUpToDate(migrations, await readRecords(client), log)) return { applied: [] };

    // Five megabytes of WebAssembly, which an up-to-date database never needs.
    const { runSchemaEngine } = await import("./run-schema-engine");
    const applied = await runSchemaEngine({ url, migrationsDir, migrations });
    log.info(`Applied ${applied.length} database migrations: ${applied.join(", ")}`);
    return { applied };
  } finally {
    await client.end();
  }
}

function readMigrations(migrationsDir: string): Migration[] {
  if (!existsSync(migrationsDir)) throw new Error(`There are no database migrations in ${migrationsDir}`);
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, script: readFileSync(join(migrationsDir, name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readRecords(client: Client): Promise<Recorded[]> {
  try {
    const { rows } = await client.query<Recorded>(
      `select id, migration_name as name, checksum, finished_at is not null as "isFinished",
              logs is not distinct from $1 as "isCommitted"
       from _prisma_migrations where rolled_back_at is null`,
      [COMMITTED],
    );
    return rows;
  } catch (error) {
    // undefined_table: nothing was ever applied here.
    if (errorCodeOf(error) === "42P01") return [];
    throw error;
  }
}

function isUpToDate(migrations: readonly Migration[], records: readonly Recorded[], log: DatabaseLog): boolean {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const finished = records.filter((record) => record.isFinished);
  for (const { name, checksum } of finished) {
    const migration = byName.get(name);
    if (migration === undefined) {
      log.warn(`The database has migration ${name}, which this release does not know: a newer release was here`);
    } else if (!checksumsOf(migration.script).includes(checksum)) {
      throw new Error(
        `Migration ${name} was changed after it had been applied to this database. Restore the file: migrations are ` +
          "append-only, a change to the schema is a new migration.",
      );
    }
  }
  const names = new Set(finished.map((record) => record.name));
  return finished.length === records.length && migrations.every((migration) => names.has(migration.name));
}

/** Of the text as it is and with either line ending, because git may have converted it. Prisma compares likewise. */
function checksumsOf(script: string): string[] {
  const unix = script.replaceAll("\r\n", "\n");
  return [script, unix, unix.replaceAll("\n", "\r\n")].map((text) => createHash("sha256").update(text).digest("hex"));
}

/** Closes the records of migrations whose process died: as finished if the script was committed, else as rolled back. */
async function settleInterrupted(client: Client, log: DatabaseLog): Promise<void> {
  // Once these were ours, nobody is migrating: neither Prisma's own tool nor a script whose client is gone.
  const locks = [PRISMA_LOCK];
  for (const lock of locks) await client.query("select pg_advisory_lock($1)", [lock]);
  for (const { id, name, isCommitted } of (await readRecords(client)).filter((record) => !record.isFinished)) {
    log.warn(`Migration ${name} was interrupted; ${isCommitted ? "it had been committed" : "it is applied again"}`);
    await client.query(
      isCommitted
        ? "update _prisma_migrations set finished_at = now(), applied_steps_count = 1, logs = null where id = $1"
        : "update _prisma_migrations set rolled_back_at = now() where id = $1",
      [id],
    );
  }
  await client.query("select pg_advisory_unlock($1)", [PRISMA_LOCK]);
}
