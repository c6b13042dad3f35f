import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { NO_FILTERS, startSchemaEngine } from "@/lib/db/schema-engine";

/**
 * Prints the SQL that leads from the committed prisma/schema.prisma (from an empty database with `--from-empty`) to
 * the working copy's: the text of the next migration, made without a database and without the native engine.
 */
const SCHEMA = "prisma/schema.prisma";

// The engine opens a connection to learn the server's version, which a diff of two schemas then does not use.
const nowhere: SqlDriverAdapter = {
  provider: "postgres",
  adapterName: "none",
  queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
  executeRaw: async () => 0,
  executeScript: async () => undefined,
  startTransaction: () => Promise.reject(new Error("there is no database behind a schema diff")),
  dispose: async () => undefined,
};
const factory: SqlMigrationAwareDriverAdapterFactory = {
  provider: nowhere.provider,
  adapterName: nowhere.adapterName,
  connect: async () => nowhere,
  connectToShadowDb: async () => nowhere,
};

const after = readFileSync(SCHEMA, "utf8");
const before = process.argv.includes("--from-empty")
  ? null
  : execFileSync("git", ["show", `HEAD:${SCHEMA}`], { encoding: "utf8" });

const engine = await startSchemaEngine(factory, [[SCHEMA, after]]);
const { stdout } = await engine.diff({
  from: before === null ? { tag: "empty" } : { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: before }] },
  to: { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: after }] },
  script: true,
  exitCode: null,
  filters: NO_FILTERS,
});
process.stdout.write(stdout ?? "");
