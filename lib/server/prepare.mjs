import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

// Runs before dependencies are installed: nothing here may import a package.

/** The repository's root directory. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const OLDEST_NODE = [20, 19];
const STOP_GRACE_MS = 10_000;
const INSTALL_STAMP = join(root, "node_modules/.signalbox-install");
const BUILD_STAMP = join(root, "dist/.signalbox-build");
const BUILD_OUTPUTS = ["dist/server.mjs", ".next/BUILD_ID"];
const SOURCE_DIRECTORIES = ["app", "components", "lib", "prisma", "public"];
const NOT_BUILT = /\.test\.tsx?$|\/__fixtures__\/|^lib\/(testing|db\/generated)\//;
const GENERATED_ROOT_FILES = ["next-env.d.ts"];

/** Ends the process with advice when this Node is too old for the dependencies. */
export function requireSupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`Signalbox needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Runs a command and keeps its output. Never rejects: a command that cannot be started has exit code 127.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, signal?: AbortSignal }} [options]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function run(command, parameters, { env = process.env, timeoutMs, signal } = {}) {
  const isWindows = process.platform === "win32";
  return new Promise((resolve) => {
    // A group of its own, so that a timeout also reaches what the command itself has started.
    const child = spawn(command, parameters, {
      cwd: root,
      env,
      detached: !isWindows,
      shell: isWindows && command === "npm",
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
      });
    }
    const stop = (reason) => {
      output += `\n${reason}\n`;
      killGroup(child, "SIGTERM");
      setTimeout(() => killGroup(child, "SIGKILL"), STOP_GRACE_MS).unref();
    };
    const timer = timeoutMs && setTimeout(() => stop(`Stopped after ${timeoutMs / 60_000} minutes.`), timeoutMs);
    const onAbort = () => stop("Interrupted.");
    signal?.addEventListener("abort", onAbort, { once: true });
    const finish = (exitCode, text = "") => {
      clearTimeout(timer || undefined);
      signal?.removeEventListener("abort", onAbort);
      resolve({ exitCode, output: output + text });
    };
    child.once("error", (error) => finish(127, `${error.message}\n`));
    child.once("close", (exitCode) => finish(exitCode ?? 1));
  });
}

function killGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // Gone already.
    if (error.code !== "ESRCH") throw error;
  }
}

/** The command and leading parameters that start the npm this process was started by, or the one in PATH. */
export function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  return cli && basename(cli) === "npm-cli.js" ? [node ?? process.execPath, cli] : ["npm"];
}

/**
 * Runs `npm ci` unless node_modules matches package-lock.json already.
 *
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ kind: "fresh" | "installed" } | { kind: "failed", output: string }>}
 */
export async function installIfStale({ signal } = {}) {
  const lock = readFileSync(join(root, "package-lock.json"));
  const stamp = `${digest([lock])} ${process.platform} ${process.arch}\n`;
  if (readOptional(INSTALL_STAMP) === stamp) return { kind: "fresh" };
  if (matchesInstalled(JSON.parse(lock.toString()))) {
    writeFileSync(INSTALL_STAMP, stamp);
    return { kind: "fresh" };
  }
  // Included explicitly, because NODE_ENV=production would leave out what the build needs.
  const [command, ...npm] = npmCommand();
  const parameters = [...npm, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const { exitCode, output } = await run(command, parameters, { signal });
  if (exitCode !== 0) return { kind: "failed", output };
  writeFileSync(INSTALL_STAMP, stamp);
  return { kind: "installed" };
}

/** Whether a plain `npm ci` or `npm install`, which leaves no stamp of ours, has put everything in place. */
function matchesInstalled(lock) {
  const text = readOptional(join(root, "node_modules/.package-lock.json"));
  if (text === null) return false;
  const installed = JSON.parse(text).packages ?? {};
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    // Packages for other platforms are absent, other optional ones may be, and what nobody needs is not installed.
    if (installed[path] === undefined) return wanted.optional === true || wanted.extraneous === true;
    return installed[path].version === wanted.version && existsSync(join(root, path));
  });
}

/**
 * Runs `npm run build` unless what was built last came from the same sources.
 *
 * @param {{ always?: boolean, env?: NodeJS.ProcessEnv, timeoutMs?: number, signal?: AbortSignal }} [options]
 * @returns {Promise<{ kind: "fresh" } | { kind: "built", output: string } | { kind: "failed", output: string }>}
 */
export async function buildIfStale({ always = false, ...options } = {}) {
  const stamp = digestSources();
  const isBuilt = BUILD_OUTPUTS.every((path) => existsSync(join(root, path)));
  if (!always && isBuilt && readOptional(BUILD_STAMP) === stamp) return { kind: "fresh" };

  rmSync(BUILD_STAMP, { force: true });
  const [command, ...npm] = npmCommand();
  const { exitCode, output } = await run(command, [...npm, "run", "build"], options);
  const missing = BUILD_OUTPUTS.filter((path) => !existsSync(join(root, path)));
  if (exitCode !== 0) return { kind: "failed", output };
  if (missing.length > 0) return { kind: "failed", output: `${output}\nThe build made no ${missing.join(", ")}.` };
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(BUILD_STAMP, stamp);
  return { kind: "built", output };
}

/** By content rather than by time: a fresh checkout and a touched file change nothing. */
function digestSources() {
  const rootFiles = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|json)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((name) => !GENERATED_ROOT_FILES.includes(name));
  const files = [...rootFiles, ...SOURCE_DIRECTORIES.flatMap(listFiles)].filter((path) => !NOT_BUILT.test(path)).sort();
  return digest(files.flatMap((path) => [path, readFileSync(join(root, path))]));
}

function listFiles(directory) {
  if (!existsSync(join(root, directory))) return [];
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function digest(parts) {
  const hash = createHash("sha256");
  // The length keeps two neighbours from being read as one.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

function readOptional(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
