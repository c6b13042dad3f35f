const SERVER =
  "^lib/(db|fetch|bus|identity|catalog|presets|providers|plugins|byok|billing|activity|measurements|gateway|sandbox|server)/|^lib/(env|log|id|process-state)\\.ts$";
const FEATURE = "^lib/(identity|catalog|presets|routing|providers|plugins|byok|billing|activity|measurements|sandbox)/";
const PURE = "^lib/(routing|sse|schemas|model-list|chatroom)/|^lib/(money|errors|provider-variable)\\.ts$";
/** What never runs in production: tests, and what trains weights. */
const TEST = "(\\.test\\.tsx?$|^lib/chatroom/test-data\\.ts$|^lib/testing/|^e2e/|^lib/routing/auto-router/train/)";

/** Who may import whom. Each rule is proved by `check-imports.mjs`, which breaks it once. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "lib-never-imports-up",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components)/" },
    },
    {
      name: "components-never-import-app",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    {
      name: "browser-code-never-reaches-the-server",
      severity: "error",
      from: { path: "^(components|lib/queries|lib/schemas|lib/chatroom)/", pathNot: TEST },
      to: { path: SERVER, reachable: true },
    },
    {
      name: "component-features-do-not-import-each-other",
      severity: "error",
      from: { path: "^components/([^/]+)/" },
      to: { path: "^components/", pathNot: "^components/($1|ui|shell|track-diagram|ledger)/" },
    },
    {
      name: "ui-knows-no-feature",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^components/(?!ui/)" },
    },
    {
      name: "lib-features-meet-in-the-gateway",
      severity: "error",
      from: { path: "^lib/([^/]+)/", pathNot: `^lib/(gateway|server|db|queries)/|${TEST}` },
      to: { path: FEATURE, pathNot: "^lib/$1/" },
    },
    {
      name: "only-stores-touch-the-database",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: `/store\\.ts$|^lib/(db|server)/|${TEST}` },
      to: { path: "^lib/db/|@prisma/client|node_modules/pg/" },
    },
    {
      name: "adapters-are-private",
      severity: "error",
      from: { pathNot: `^lib/providers/|${TEST}` },
      to: { path: "^lib/providers/[^/]+/" },
    },
    {
      name: "pages-do-not-touch-the-road",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/(db|providers|routing|sse)/" },
    },
    {
      name: "pure-needs-no-node",
      severity: "error",
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-needs-no-server",
      severity: "error",
      from: { path: PURE, pathNot: TEST },
      to: { path: `${SERVER}|node_modules/(next|react|@prisma)/` },
    },
    {
      name: "no-test-code-in-production",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: TEST },
      to: { path: TEST },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.next|^lib/db/generated/|^dist/" },
    enhancedResolveOptions: {
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".cjs", ".js", ".json"],
    },
  },
};
