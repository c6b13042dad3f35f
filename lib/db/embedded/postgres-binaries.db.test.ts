import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { binaryPath, findPostgresBinaries, restoreSymlinks } from "@/lib/db/embedded/postgres-binaries";

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "signalbox-binaries-"));
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

test("a build whose library links were never made gets them and runs", () => {
  const { nativeDir, majorVersion } = findPostgresBinaries(undefined);
  const bare = join(copy, "native");
  cpSync(nativeDir, bare, { recursive: true, verbatimSymlinks: true });
  const links: { target: string }[] = JSON.parse(readFileSync(join(bare, "pg-symlinks.json"), "utf8"));
  for (const { target } of links) rmSync(join(copy, target), { force: true });
  const runPostgres = () => spawnSync(binaryPath({ nativeDir: bare, majorVersion }, "postgres"), ["--version"]).status;
  expect(links.length).toBeGreaterThan(0);
  expect(runPostgres()).not.toBe(0);

  restoreSymlinks(bare);
  expect(runPostgres()).toBe(0);
  expect(readdirSync(join(bare, "lib")).sort()).toEqual(readdirSync(join(nativeDir, "lib")).sort());
});
