import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startProcess } from "./start-process.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** Bundles a script of this folder with the parts of the server that it calls, runs it, and gives what it reports. */
export async function runInside(name) {
  // Beside the server's own bundle: its packages are found from there.
  const bundle = join(root, "dist", `bench-${name.replace(/\.ts$/, ".mjs")}`);
  const dataDir = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [join(root, "e2e", "bench", name)],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      packages: "external",
      alias: { "@": root, "server-only": join(root, "lib", "testing", "server-only.ts") },
      logLevel: "warning",
    });
    let report;
    const script = await startProcess({
      name,
      script: bundle,
      env: { NODE_ENV: "production", DATA_DIR: dataDir, LOG_LEVEL: "warn" },
      readyOf: (said) => {
        if (typeof said !== "object" || said.report === undefined) return undefined;
        report = said.report;
        return 0;
      },
    });
    await script.stop();
    return report;
  } finally {
    await rm(bundle, { force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}
