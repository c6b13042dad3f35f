import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildIfStale, installIfStale, npmCommand, requireSupportedNode, root, run } from "./prepare.mjs";

/**
 * `npm test`: installs what is needed, runs every check and ends with one line, `N passed, N failed`. Each test counts
 * as one, and so does each step that is not made of tests. `--fast` (`npm run check`) stops before the build.
 */
const STEP_TIMEOUT_MS = 20 * 60_000;
const MAX_SHOWN_CHARS = 40_000;
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

// Tests see none of the caller's configuration: neither a real database nor a key that costs money.
const KEPT_VARIABLES = new RegExp(
  `^(${[
    "PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TERM|COLORTERM|TZ|TMPDIR|TEMP|TMP|CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR",
    "XDG_.*|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|CHROMIUM_PATH|PLAYWRIGHT_.*|TEST_DATABASE_URL",
    "PRISMA_SCHEMA_ENGINE_BINARY|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|PROGRAMFILES.*",
  ].join("|")})$`,
  "i",
);

requireSupportedNode();
const isFast = process.argv.includes("--fast");
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interruption.abort());

const reports = mkdtempSync(join(tmpdir(), "signalbox-reports-"));
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT_VARIABLES.test(name))),
  NEXT_TELEMETRY_DISABLED: "1",
};

// A step that names `needs` is left out when one of them failed: it could only fail again, less clearly. Steps in a list
// of their own run at the same time: each waits for a disk, a server or a clock now and then.
const steps = [
  { name: "dependencies", fast: true, run: install },
  [
    { name: "format and lint", fast: true, needs: ["dependencies"], run: lint },
    {
      name: "database client",
      fast: true,
      needs: ["dependencies"],
      run: () => node("lib/db/scripts/generate-client.mjs"),
    },
  ],
  // Before the build, which writes types of its own.
  [
    { name: "types", fast: true, needs: ["database client"], run: () => tool("typescript", "tsc", ["--noEmit"]) },
    { name: "import rules", fast: true, needs: ["dependencies"], run: () => npmRun("check:imports") },
    { name: "unused code", fast: true, needs: ["dependencies"], run: () => npmRun("check:unused") },
  ],
  [
    { name: "unit tests", fast: true, needs: ["database client"], run: () => vitest("unit") },
    { name: "build", needs: ["database client"], run: build },
    { name: "browser", needs: ["dependencies"], run: findOrInstallBrowser },
  ],
  // One after the other: both measure time, and each other's work would be measured with it.
  { name: "integration tests", needs: ["database client", "build"], run: () => vitest("integration") },
  { name: "e2e", needs: ["build", "browser"], run: playwright },
];

const total = { passed: 0, failed: 0 };
const broken = new Set();
for (const step of steps) await Promise.all([step].flat().map(runStep));
rmSync(reports, { recursive: true, force: true });
if (interruption.signal.aborted && total.failed === 0) total.failed = 1;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runStep(step) {
  if ((isFast && !step.fast) || interruption.signal.aborted) return;
  const cause = step.needs?.find((name) => broken.has(name));
  if (cause !== undefined) {
    broken.add(step.name);
    console.log(`- ${step.name}: left out, because of: ${cause}`);
    return;
  }
  const startedAtMs = Date.now();
  const { passed, failed, output = "", note = "" } = await step.run();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) {
    broken.add(step.name);
    console.log(`\n${output.trim().slice(-MAX_SHOWN_CHARS)}\n`);
  }
  const details = note === "" ? "" : `: ${note}`;
  console.log(`${failed > 0 ? "✗" : "✓"} ${step.name}${details} (${((Date.now() - startedAtMs) / 1000).toFixed(1)} s)`);
}

function single(hasPassed, output, note) {
  return { passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, output, note };
}

async function command(name, parameters, extraEnv = {}) {
  const options = { env: { ...env, ...extraEnv }, timeoutMs: STEP_TIMEOUT_MS, signal: interruption.signal };
  const { exitCode, output } = await run(name, parameters, options);
  return single(exitCode === 0, output);
}

function node(script) {
  return command(process.execPath, [join(root, script)]);
}

function npmRun(script) {
  const [name, ...npm] = npmCommand();
  return command(name, [...npm, "run", "--silent", script]);
}

function tool(packageName, binary, parameters, extraEnv) {
  return command(process.execPath, [binaryPath(packageName, binary), ...parameters], extraEnv);
}

function binaryPath(packageName, binary) {
  const directory = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return join(directory, typeof bin === "string" ? bin : bin[binary]);
}

async function install() {
  const result = await installIfStale({ signal: interruption.signal });
  return single(result.kind !== "failed", result.output, result.kind);
}

function lint() {
  return tool("@biomejs/biome", "biome", ["check", "--config-path=lib/testing/lint.jsonc", "."]);
}

async function build() {
  const result = await buildIfStale({ always: true, env, timeoutMs: STEP_TIMEOUT_MS, signal: interruption.signal });
  return single(result.kind !== "failed", result.output);
}

async function vitest(project) {
  const file = join(reports, `${project}.json`);
  const result = await tool("vitest", "vitest", [
    "run",
    "--config=lib/testing/vitest.config.ts",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file);
  // A file that does not even load has no tests to count; it counts as one.
  const unloaded = report?.testResults.filter(
    (entry) => entry.status === "failed" && entry.assertionResults.length === 0,
  );
  return counted(result, {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

async function playwright() {
  const file = join(reports, "e2e.json");
  const parameters = ["test", "--config=e2e/playwright.config.ts", "--reporter=line,json"];
  const result = await tool("@playwright/test", "playwright", parameters, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const stats = readReport(file)?.stats;
  return counted(result, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
    flaky: stats?.flaky ?? 0,
  });
}

/** A run that fails as a whole, or that runs nothing, is a failure even when no single test says so. */
function counted(result, { passed, failed, ...rest }) {
  const isUnexplained = failed === 0 && (result.failed > 0 || passed === 0);
  const notable = Object.entries(rest).filter(([, count]) => count > 0);
  const note = [`${passed} passed`, ...notable.map(([name, count]) => `${count} ${name}`)].join(", ");
  return { passed, failed: isUnexplained ? 1 : failed, output: result.output, note };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** Leaves a system browser's path in CHROMIUM_PATH for the e2e step; Playwright finds its own download without it. */
async function findOrInstallBrowser() {
  const wanted = env.CHROMIUM_PATH;
  if (wanted !== undefined) return single(doesRun(wanted), `CHROMIUM_PATH=${wanted} does not run`, wanted);
  if (acceptSystemBrowser()) return single(true, "", env.CHROMIUM_PATH);

  const { chromium } = createRequire(join(root, "package.json"))("@playwright/test");
  if (existsSync(chromium.executablePath())) return single(true, "", "Playwright's");

  const options = { timeoutMs: STEP_TIMEOUT_MS, signal: interruption.signal };
  if (process.getuid?.() === 0 && findInPath("apt-get") !== undefined) {
    const quiet = { ...options, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update"], quiet);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], quiet);
    if (acceptSystemBrowser()) return single(true, "", env.CHROMIUM_PATH);
  }
  const cli = binaryPath("@playwright/test", "playwright");
  const { exitCode, output } = await run(process.execPath, [cli, "install", "chromium"], options);
  return single(exitCode === 0, output, "Playwright's");
}

function acceptSystemBrowser() {
  const path = BROWSERS.map(findInPath).find((candidate) => candidate !== undefined && doesRun(candidate));
  if (path !== undefined) env.CHROMIUM_PATH = path;
  return path !== undefined;
}

/** Ubuntu's chromium may be a stub that only asks for a snap: it exists and does not run. */
function doesRun(path) {
  return spawnSync(path, ["--version"], { timeout: 30_000 }).status === 0;
}

/** @param {string} name @returns {string | undefined} */
function findInPath(name) {
  const directories = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}
