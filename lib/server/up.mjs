import { spawn } from "node:child_process";
import { join } from "node:path";
import { NODE_ARGUMENTS } from "./node-arguments.mjs";
import { buildIfStale, installIfStale, requireSupportedNode, root } from "./prepare.mjs";

/**
 * `npm run up`: from a fresh clone to a running server. Installs and builds only what is stale, then becomes the
 * server's parent: same terminal, signals passed on, its exit code is ours.
 */
const SAME_SIGNAL_MS = 1_000;
const PARENT_CHECK_MS = 250;

requireSupportedNode();
await prepare("Installing dependencies", () => installIfStale());
await prepare("Building", () => buildIfStale());
start();

async function prepare(title, action) {
  const startedAtMs = Date.now();
  // What is fresh is found so within a moment and deserves no line.
  const notice = setTimeout(() => console.log(`${title} ...`), 300);
  const result = await action();
  clearTimeout(notice);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  if (result.kind === "failed") {
    console.error(`${result.output}\n${title} failed after ${seconds} s.`);
    process.exit(1);
  }
  if (result.kind !== "fresh") console.log(`${title}: done in ${seconds} s`);
}

function start() {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, join(root, "dist/server.mjs")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: "inherit",
  });
  let passedOnAtMs = 0;
  const passOn = (signal) => {
    // npm passes on what its group has received already. Twice would mean "now, without finishing the streams".
    if (Date.now() - passedOnAtMs < SAME_SIGNAL_MS) return;
    passedOnAtMs = Date.now();
    child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal's Ctrl-C reaches the whole group, the server included.
      if (signal !== "SIGINT" || !process.stdin.isTTY) passOn(signal);
    });
  }
  // Ended by a signal, npm ends the shell between us and passes nothing on: all we see is another parent.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    passOn("SIGTERM");
  }, PARENT_CHECK_MS);
  watch.unref();
  child.once("error", (error) => {
    console.error(`The server could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (exitCode, signal) => {
    if (signal === null) process.exit(exitCode ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
