import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isProcessPresent } from "@/lib/db/embedded/process-identity";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { runSql } from "@/lib/testing/run-sql";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged into vitest's own
  export interface ProvidedContext {
    /** A connection URL that may create databases, and the migrated database to copy. */
    testDatabase: { adminUrl: string; template: string };
  }
}

const MIGRATIONS = "prisma/migrations";
const DIRECTORY_PREFIX = "signalbox-test-";
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", ""];
const SILENT = { info: () => undefined, warn: () => undefined };

/**
 * Vitest's global setup: one PostgreSQL for the whole run and, in it, one migrated database that
 * `createTestDatabase` copies. `TEST_DATABASE_URL` names another server; one that is not local is refused.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  try {
    const template = await createTemplate(server.url);
    project.provide("testDatabase", { adminUrl: server.url, template });
    return async () => {
      await runSql(server.url, `drop database ${template} with (force)`);
      await server.stop();
    };
  } catch (error) {
    // Vitest tears down only what was set up.
    await server.stop();
    throw error;
  }
}

async function createTemplate(adminUrl: string): Promise<string> {
  const template = `signalbox_template_${randomBytes(6).toString("hex")}`;
  await runSql(adminUrl, `create database ${template}`);
  if (existsSync(MIGRATIONS)) {
    const url = Object.assign(new URL(adminUrl), { pathname: `/${template}` });
    await applyMigrations({ url: url.href, migrationsDir: MIGRATIONS, log: SILENT });
  }
  return template;
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  // Not part of the application's environment, hence not in lib/env.ts.
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined && url !== "") {
    if (!LOCAL_HOSTS.includes(new URL(url).hostname)) {
      throw new Error("TEST_DATABASE_URL names a server on another machine: tests create and drop databases");
    }
    return { url, stop: async () => undefined };
  }
  await removeAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, warn: console.warn } });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A killed run leaves its server behind, which would otherwise run until the machine stops. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^signalbox-test-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isProcessPresent(Number(pid))) continue;
    const dataDir = join(tmpdir(), name);
    if (statSync(dataDir, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue;
    if (existsSync(join(dataDir, "postgres", "postmaster.pid"))) {
      await (await startEmbeddedPostgres({ dataDir, log: SILENT })).stop();
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}
