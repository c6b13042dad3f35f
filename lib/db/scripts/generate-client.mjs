import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Generates the Prisma client into lib/db/generated without network.
 *
 * Every command of Prisma 7 first wants to download the native schema engine, although `generate` never runs it: a
 * stub in its place satisfies the check. A PRISMA_SCHEMA_ENGINE_BINARY that is set already is left alone.
 */
const root = fileURLToPath(new URL("../../../", import.meta.url));
const prismaPackage = createRequire(join(root, "package.json")).resolve("prisma/package.json");

const stubDir = mkdtempSync(join(tmpdir(), "signalbox-prisma-"));
try {
  const stub = join(stubDir, "schema-engine");
  writeFileSync(stub, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const run = spawnSync(
    process.execPath,
    [join(dirname(prismaPackage), "build/index.js"), "generate", "--config", "prisma/prisma.config.ts"],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: stub,
        ...process.env,
        // Neither a version check nor usage statistics.
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
      },
    },
  );
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout}${run.stderr}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(stubDir, { recursive: true, force: true });
}
