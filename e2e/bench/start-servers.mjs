import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODE_ARGUMENTS } from "../../lib/server/node-arguments.mjs";
import { startProcess } from "./start-process.mjs";

const here = (name) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const portOf = (message) => (typeof message === "object" ? message.port : undefined);

const PROVISIONING_KEY = `sk-or-v1-${"b".repeat(64)}`;
const MODEL = "openai/gpt-4o-mini";
const PLAIN_MODEL = "gpt-4o-mini";
const KEY = { authorization: "Bearer bench-upstream-key" };

/** The provider that everything calls. `pace` sets how its streams go. */
export async function startStub() {
  const stub = await startProcess({ name: "stub", script: here("upstream-stub.mjs"), readyOf: portOf });
  return {
    ...stub,
    target: { port: stub.port, path: "/v1/chat/completions", headers: KEY, model: PLAIN_MODEL },
    pace: (pace) => stub.ask({ pace }),
  };
}

/** Makes the load. `run` does one job of `load-generator.mjs`. */
export async function startGenerator() {
  const generator = await startProcess({
    name: "generator",
    script: here("load-generator.mjs"),
    readyOf: (message) => (message.ready === true ? 0 : undefined),
  });
  return {
    ...generator,
    run: async (job) => {
      const { result, error } = await generator.ask(job);
      if (error !== undefined) throw new Error(`${job.kind}: ${error}`);
      return result;
    },
  };
}

export async function startPlainProxy(stubPort) {
  const proxy = await startProcess({
    name: "plain proxy",
    script: here("plain-proxy.mjs"),
    env: { UPSTREAM_URL: `http://127.0.0.1:${stubPort}`, NODE_ENV: "production" },
    readyOf: portOf,
  });
  return { ...proxy, target: { port: proxy.port, path: "/v1/chat/completions", headers: KEY, model: PLAIN_MODEL } };
}

/** The Portkey gateway as its package is built, pointed at the stub by its own headers. */
export async function startPortkey(stubPort) {
  const packageFile = createRequire(import.meta.url).resolve("@portkey-ai/gateway/package.json");
  const port = await freePort();
  const gateway = await startProcess({
    name: "Portkey",
    script: join(dirname(packageFile), "build", "start-server.js"),
    args: [`--port=${port}`, "--headless"],
    nodeArgs: [`--import=${here("portkey-streams.mjs")}`],
    env: { NODE_ENV: "production" },
    readyOf: (said) => (typeof said === "string" && said.includes(String(port)) ? port : undefined),
  });
  return {
    ...gateway,
    target: {
      port,
      path: "/v1/chat/completions",
      headers: {
        ...KEY,
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": `http://127.0.0.1:${stubPort}/v1`,
      },
      model: PLAIN_MODEL,
    },
  };
}

/** Our own built server, one process, on a database of its own that is gone afterwards. */
export async function startSignalbox(stubPort, { script, nodeArgs = [] }) {
  const dataDir = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  const server = await startProcess({
    name: "Signalbox",
    script,
    nodeArgs: [...NODE_ARGUMENTS, ...nodeArgs],
    env: {
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      WEB_CONCURRENCY: "1",
      LOG_LEVEL: "warn",
      SANDBOX: "off",
      OPENAI_API_KEY: "bench-upstream-key",
      OPENAI_BASE_URL: `http://127.0.0.1:${stubPort}/v1`,
      ADMIN_EMAIL: "bench@example.com",
      ADMIN_PASSWORD: "bench-password-1",
      ADMIN_PROVISIONING_KEY: PROVISIONING_KEY,
      ADMIN_CREDITS: "1000000",
    },
    readyOf: (said) => {
      const port = /ready at http:\/\/localhost:(\d+)/.exec(typeof said === "string" ? said : "")?.[1];
      return port === undefined ? undefined : Number(port);
    },
  });
  // Pages load after the API is ready; a server that has been up for a while has shown some.
  const page = await fetch(`http://127.0.0.1:${server.port}/`);
  if (page.status >= 500) throw new Error(`the home page: status ${page.status}:\n${server.output()}`);
  const key = await newKey(server.port);
  return {
    ...server,
    dataDir,
    target: {
      port: server.port,
      path: "/api/v1/chat/completions",
      headers: { authorization: `Bearer ${key}` },
      model: MODEL,
    },
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function newKey(port) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${PROVISIONING_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "bench" }),
  });
  const { key } = await response.json();
  if (typeof key !== "string") throw new Error(`no key was made: status ${response.status}`);
  return key;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
