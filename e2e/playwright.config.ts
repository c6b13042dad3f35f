import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { ADMINISTRATOR } from "./fixtures/administrator";
import { BROWSER } from "./fixtures/browser";

const PORT = Number(process.env.E2E_PORT ?? 3187);

const WIDE = { viewport: { width: 1440, height: 900 }, colorScheme: "light" } as const;

/** The built server with its sandbox on an empty database, and a real browser: once wide and light, once as a phone in the dark. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  snapshotPathTemplate: "{testDir}/kit-pictures/{arg}{ext}",
  fullyParallel: true,
  // Each waits for its pages and for the server half of the time; tests that measure time run after all others.
  workers: 3,
  // A second try for what the others' work kept from being done in time; the report calls such a test flaky.
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    // A trace of every test is work beside the tests' own: ask for it with `E2E_TRACE=on`.
    trace: process.env.E2E_TRACE === "on" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: BROWSER,
  },
  projects: [
    { name: "wide", grepInvert: /@speed/, use: WIDE },
    {
      name: "phone",
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true },
    },
    // After all others and one at a time: what measures time would measure them.
    { name: "speed", grep: /@speed/, workers: 1, dependencies: ["wide", "phone"], use: WIDE },
  ],
  webServer: {
    command: "node e2e/fixtures/run-server.mjs",
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    env: {
      PORT: String(PORT),
      HOST: "127.0.0.1",
      SANDBOX: "on",
      LOG_LEVEL: "warn",
      // Several specs share the administrator.
      FREE_REQUESTS_PER_MINUTE: "1000",
      FREE_REQUESTS_PER_DAY: "500",
      // Tool servers of the tests have this name; addresses in digits stay private.
      FETCH_ALLOW_HOSTS: "localhost",
      ADMIN_EMAIL: ADMINISTRATOR.email,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
    url: `http://127.0.0.1:${PORT}/api/ready`,
    timeout: 60_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
