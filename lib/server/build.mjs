// Builds what `npm start` runs: Prisma's client, Next's pages, and the server bundle in dist/.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compressStatic } from "./compress-static.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

run(process.execPath, ["lib/db/scripts/generate-client.mjs"]);
// No database, no secrets: pages are rendered per request.
run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { NEXT_TELEMETRY_DISABLED: "1" });
compressStatic(`${root}.next/static`);
await build({
  absWorkingDir: root,
  entryPoints: { server: "lib/server/start.ts", "rotate-keys": "lib/server/rotate-keys.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Packages stay in node_modules: some carry WebAssembly or native files beside their code.
  packages: "external",
  alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}lib/testing/server-only.ts` },
  sourcemap: true,
  logLevel: "warning",
});

function run(command, args, variables = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...variables } });
  if (status !== 0) process.exit(status ?? 1);
}
