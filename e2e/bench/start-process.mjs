import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROBE = fileURLToPath(new URL("./process-probe.mjs", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 40_000;

/**
 * Starts a script as a process of its own that can be measured.
 *
 * @param readyOf tells the port from a message or a line of output; `undefined` while it is not ready.
 */
export async function startProcess({ name, script, args = [], env = {}, nodeArgs = [], readyOf }) {
  const child = fork(script, args, {
    cwd: ROOT,
    execArgv: [`--import=${PROBE}`, "--expose-gc", ...nodeArgs],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const port = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start:\n${output}`)), START_TIMEOUT_MS);
    const look = (said) => {
      const found = readyOf(said);
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    const read = (bytes) => {
      output = (output + bytes).slice(-8_000);
      look(output);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("message", look);
    child.on("exit", (code) => reject(new Error(`${name} ended with ${code}:\n${output}`)));
  });

  return {
    name,
    pid: child.pid,
    port,
    /** Sends a message and resolves with the next one. */
    ask: (message) => ask(child, message, () => true),
    /** CPU so far in µs (all threads) and resident memory; `collected` collects garbage first. */
    usage: async (kind = "now") => (await ask(child, { probe: kind }, (answer) => answer.probe !== undefined)).probe,
    /** What it printed last, for error messages. */
    output: () => output,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
        child.once("exit", () => {
          clearTimeout(timer);
          resolve();
        });
        child.kill("SIGTERM");
      }),
  };
}

function ask(child, message, isAnswer) {
  return new Promise((resolve, reject) => {
    const onMessage = (answer) => {
      if (!isAnswer(answer)) return;
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(answer);
    };
    const onExit = (code) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code} while it was asked`));
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.send(message, (error) => error !== null && reject(error));
  });
}
