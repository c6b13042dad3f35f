import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { applyMigrations } from "@/lib/db/migrate";
import { runSql } from "@/lib/testing/run-sql";

let url: string;
let migrationsDir: string;
let warnings: string[];

beforeEach(async () => {
  const { adminUrl } = inject("testDatabase");
  const name = `signalbox_test_${randomBytes(6).toString("hex")}`;
  await runSql(adminUrl, `create database ${name}`);
  url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  migrationsDir = mkdtempSync(join(tmpdir(), "signalbox-migrations-"));
  warnings = [];
});

afterEach(async () => {
  rmSync(migrationsDir, { recursive: true });
  await runSql(inject("testDatabase").adminUrl, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
});

function write(name: string, script: string): void {
  mkdirSync(join(migrationsDir, name), { recursive: true });
  writeFileSync(join(migrationsDir, name, "migration.sql"), script);
}

function migrate(): Promise<{ applied: string[] }> {
  const log = { info: () => undefined, warn: (message: string) => warnings.push(message) };
  return applyMigrations({ url, migrationsDir, log });
}

/** Migrates in a process of its own until `condition` holds on the database, then kills that process. */
async function migrateElsewhereAndKill(condition: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      "--conditions=react-server",
      "--import=tsx",
      "--input-type=module",
      "--eval",
      `const { applyMigrations } = await import(${JSON.stringify(join(process.cwd(), "lib/db/migrate.ts"))});
       const log = { info: () => undefined, warn: () => undefined };
       await applyMigrations({ url: ${JSON.stringify(url)}, migrationsDir: ${JSON.stringify(migrationsDir)}, log });`,
    ],
    { stdio: "inherit" },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await expect.poll(() => runSql(url, condition), { timeout: 15_000, interval: 20 }).toHaveLength(1);
  child.kill("SIGKILL");
  await exited;
}

const SLEEPING = `select pid from pg_stat_activity
  where datname = current_database() and wait_event = 'PgSleep' and pid <> pg_backend_pid()`;

// A semicolon inside a function body or a string ends no statement.
const TRIGGER = `create function tell() returns trigger language plpgsql as $$
  begin perform pg_notify('changed', 'a;b'); return new; end; $$;
  -- the last line has no line break`;

test("a fresh database gets every migration in order, once", async () => {
  write("2_second", "alter table t add column b text default 'x;y';");
  write("1_first", "create table t (a int);");
  write("3_third", TRIGGER);
  expect(await migrate()).toEqual({ applied: ["1_first", "2_second", "3_third"] });
  expect(await migrate()).toEqual({ applied: [] });
  write("4_fourth", "insert into t (a) values (1);");
  expect(await migrate()).toEqual({ applied: ["4_fourth"] });
  expect(await runSql(url, "select * from t")).toEqual([{ a: 1, b: "x;y" }]);
});

test("the records are what Prisma's own tool would have written", async () => {
  write("1_first", "create table t (a int);");
  await migrate();
  const [record] = await runSql(
    url,
    "select migration_name, checksum, logs, applied_steps_count from _prisma_migrations",
  );
  expect(record).toMatchObject({
    migration_name: "1_first",
    // printf 'create table t (a int);' | sha256sum
    checksum: "0361228041a1e1ff2458ed269b233cb6b3911622300114eb9543dad4dbc179dd",
    applied_steps_count: 1,
  });
});

test("of several deployers at once exactly one applies", async () => {
  write("1_first", "create table t (a int); insert into t values (1); select pg_sleep(0.1);");
  const results = await Promise.all([migrate(), migrate(), migrate()]);
  expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 1]);
  expect(await runSql(url, "select * from t")).toEqual([{ a: 1 }]);
});

test("an applied migration whose file was changed is refused by name", async () => {
  write("1_first", "create table t (a int);");
  await migrate();
  write("1_first", "create table t (a bigint);");
  await expect(migrate()).rejects.toThrow("Migration 1_first was changed after it had been applied");
});

test("line endings converted by git are not a change", async () => {
  write("1_first", "create table t (a int);\n");
  await migrate();
  write("1_first", "create table t (a int);\r\n");
  expect(await migrate()).toEqual({ applied: [] });
});

test("a migration that only the database knows is left alone, with a warning", async () => {
  write("1_first", "create table t (a int);");
  await migrate();
  rmSync(join(migrationsDir, "1_first"), { recursive: true });
  expect(await migrate()).toEqual({ applied: [] });
  expect(warnings).toEqual([expect.stringContaining("1_first")]);
});

test("a script that fails leaves no trace, tells the database's reason and is tried again", async () => {
  write("1_first", "create table t (a int); insert into nowhere values (1);");
  await expect(migrate()).rejects.toThrow('Migration 1_first failed: relation "nowhere" does not exist');
  expect(await runSql(url, "select from pg_class where relname = 't'")).toEqual([]);
  write("1_first", "create table t (a int);");
  expect(await migrate()).toEqual({ applied: ["1_first"] });
});

test("a migration whose process was killed before its commit is applied again, whole", async () => {
  write("1_first", "create table t (a int); insert into t values (1); select pg_sleep(60);");
  await migrateElsewhereAndKill(SLEEPING);
  await runSql(url, `select pg_terminate_backend(pid) from (${SLEEPING}) as sleeping`);
  write("1_first", "create table t (a int); insert into t values (1);");
  expect(await migrate()).toEqual({ applied: ["1_first"] });
  expect(await runSql(url, "select * from t")).toEqual([{ a: 1 }]);
  expect(await migrate()).toEqual({ applied: [] });
});

test("a script that commits after its process was killed is waited for, recorded and not repeated", async () => {
  write("1_first", "create table t (a int); insert into t values (1); select pg_sleep(1);");
  await migrateElsewhereAndKill(SLEEPING);
  expect(await migrate()).toEqual({ applied: [] });
  expect(await runSql(url, "select * from t")).toEqual([{ a: 1 }]);
  expect(await runSql(url, "select logs, finished_at is not null as finished from _prisma_migrations")).toEqual([
    { logs: null, finished: true },
  ]);
});
