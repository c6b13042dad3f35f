import "server-only";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { API_PREFIX } from "@/lib/gateway/handle-api-request";
import { countRunningAttempts, cutRunningAttempts } from "@/lib/gateway/running-attempts";
import { loadCompressedFiles, serveCompressed } from "./compressed-files";
import { followConnections } from "./connections";
import { serveHealth } from "./health";
import { serveApi } from "./node-door";

/** How long streams may go on after a stop was asked for. */
const STOP_GRACE_MS = 30_000;
/** How long callers whose answers were cut have to read so. */
const CUT_GRACE_MS = 1_000;
/** How long those that were cut may take to be settled. */
const SETTLE_GRACE_MS = 10_000;

export type NodeHandler = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

export type HttpServer = {
  port: number;
  /** Stops accepting, lets answers finish for up to 30 s, then cuts what is left; settled they are all. */
  stop(): Promise<void>;
  /** Cuts what is on its way now. Callers are told inside their answers, and pay nothing for them. */
  cut(): void;
  /** How many answers are on their way. */
  countAnswers(): number;
};

/** Serves the public API directly, and everything else through `pages` (Next's handler). */
export async function serveHttp(options: { port: number; host: string; pages: NodeHandler }): Promise<HttpServer> {
  let stopping = false;
  const running = new Set<Promise<void>>();
  const compressed = loadCompressedFiles();
  const server = createServer((message, response) => {
    if (stopping) response.setHeader("connection", "close");
    const url = message.url ?? "/";
    if (url === API_PREFIX || url.startsWith(`${API_PREFIX}/`) || url.startsWith(`${API_PREFIX}?`)) {
      const call = serveApi(message, response).finally(() => running.delete(call));
      running.add(call);
    } else if (url === "/api/health" || url === "/api/ready") {
      void serveHealth(url, response);
    } else if (!serveCompressed(compressed, message, response)) {
      void options.pages(message, response);
    }
  });
  const connections = followConnections(server);
  // Longer than the idle time-out of the usual load balancers (60 s), so that they close first and never race us.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const cut = () => {
    cutRunningAttempts();
    // What is left after that is not an answer, or its client does not read.
    setTimeout(() => server.closeAllConnections(), CUT_GRACE_MS).unref();
  };
  return {
    port: portOf(server),
    cut,
    countAnswers: countRunningAttempts,
    stop: async () => {
      stopping = true;
      const patience = setTimeout(cut, STOP_GRACE_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        connections.closeWhenIdle();
      });
      clearTimeout(patience);
      // A call ends after its connection: what was cut or left is still counted and settled.
      await Promise.race([Promise.all(running), sleep(SETTLE_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
