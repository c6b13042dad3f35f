// Checks who imports whom (dependency-cruiser.cjs), then proves that each rule still bites: a checker that silently sees
// nothing, as it does when it cannot read TypeScript, must not pass for a clean tree.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const config = path.join(root, "lib/testing/dependency-cruiser.cjs");
const cruiser = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const MIN_MODULES = 250;

/** Each rule with files that break it. */
const BREACHES = {
  "no-cycles": { "lib/a.ts": 'import "./b";', "lib/b.ts": 'import "./a";' },
  "lib-never-imports-up": { "lib/a.ts": 'import "../app/x";', "app/x.ts": "export {};" },
  "components-never-import-app": { "components/chat/a.ts": 'import "../../app/x";', "app/x.ts": "export {};" },
  "browser-code-never-reaches-the-server": {
    "components/chat/a.ts": 'import "../../lib/queries/q";',
    "lib/queries/q.ts": 'import "../env";',
    "lib/env.ts": "export {};",
  },
  "component-features-do-not-import-each-other": {
    "components/chat/a.ts": 'import "../models/b";',
    "components/models/b.ts": "export {};",
  },
  "ui-knows-no-feature": { "components/ui/a.ts": 'import "../chat/b";', "components/chat/b.ts": "export {};" },
  "lib-features-meet-in-the-gateway": {
    "lib/billing/a.ts": 'import "../identity/b";',
    "lib/identity/b.ts": "export {};",
  },
  "only-stores-touch-the-database": { "lib/billing/a.ts": 'import "../db/c";', "lib/db/c.ts": "export {};" },
  "adapters-are-private": {
    "lib/gateway/a.ts": 'import "../providers/openai/b";',
    "lib/providers/openai/b.ts": "export {};",
  },
  "pages-do-not-touch-the-road": { "app/a.ts": 'import "../lib/routing/b";', "lib/routing/b.ts": "export {};" },
  "pure-needs-no-node": { "lib/routing/a.ts": 'import "node:fs";' },
  "pure-needs-no-server": { "lib/money.ts": 'import "./env";', "lib/env.ts": "export {};" },
  "no-test-code-in-production": { "lib/a.ts": 'import "./testing/b";', "lib/testing/b.ts": "export {};" },
};

const real = cruise(root);
process.stdout.write(`${real.summary.totalCruised} modules, ${real.summary.totalDependenciesCruised} imports\n`);
for (const violation of real.summary.violations) {
  process.stdout.write(`${violation.rule.name}: ${violation.from} → ${violation.to}\n`);
}
let failed = real.summary.violations.length > 0;
if (real.summary.totalCruised < MIN_MODULES) {
  process.stdout.write(`only ${real.summary.totalCruised} modules were seen; at least ${MIN_MODULES} are expected\n`);
  failed = true;
}
for (const [rule, files] of Object.entries(BREACHES)) {
  if (!breaks(rule, files)) {
    process.stdout.write(`the rule ${rule} did not notice its breach\n`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);

function breaks(rule, files) {
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-imports-"));
  try {
    for (const folder of ["app", "components", "lib"]) mkdirSync(path.join(directory, folder));
    writeFileSync(path.join(directory, "tsconfig.json"), '{"compilerOptions": {}}');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      writeFileSync(path.join(directory, name), text);
    }
    return cruise(directory).summary.violations.some((violation) => violation.rule.name === rule);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function cruise(directory) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cruiser, "--config", config, "--output-type", "json", "app", "components", "lib"],
    { cwd: directory, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}
