import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { runSql } from "@/lib/testing/run-sql";

/** An empty, fully migrated database of one test file's own. `drop` also ends connections that are still open. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, template } = inject("testDatabase");
  const name = `signalbox_test_${randomBytes(6).toString("hex")}`;
  await runSql(adminUrl, `create database ${name} template ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = async () => {
    await runSql(adminUrl, `drop database if exists ${name} with (force)`);
  };
  return { url: url.href, drop };
}
