import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Two projects: `unit` needs nothing outside the process, `integration` starts real servers and a real PostgreSQL. */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}lib/testing/server-only.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    environment: "node",
    // next-auth imports "next/server" without its extension, which Node alone does not resolve.
    server: { deps: { inline: ["next-auth"] } },
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Property tests take a second where nothing else runs; the tests run beside a build.
          testTimeout: 30_000,
          include: ["{lib,components,app}/**/*.test.{ts,tsx}"],
          exclude: ["lib/**/*.db.test.ts", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["lib/**/*.db.test.ts", "e2e/api/**/*.test.ts"],
          globalSetup: ["lib/testing/start-test-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // They wait half of the time, but measure it too: more at once would be measured as well.
          maxWorkers: 2,
        },
      },
    ],
  },
});
