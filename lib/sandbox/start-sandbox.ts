import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CONTROL_PATH, controlFaults } from "@/lib/sandbox/control-faults";
import { decideFault, type FaultBoard, parseFaultHeader } from "@/lib/sandbox/fault-board";
import { findWire } from "@/lib/sandbox/find-wire";
import { paceOf, type Speed } from "@/lib/sandbox/pacing";
import { createPromptCache } from "@/lib/sandbox/prompt-cache";
import { sendFailure, serveCall } from "@/lib/sandbox/serve-call";
import type { Call, FailureCause, Wire } from "@/lib/sandbox/wire";

export type SandboxOptions = {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Default: a new board without faults. */
  faults?: FaultBoard;
  /** Default "believable"; "instant" waits for nothing but the delays of faults. */
  speed?: Speed;
  /** Draws jitter and the chances of faults, in [0, 1). */
  random?: () => number;
  /** Milliseconds since 1970; decides when cached prompts are forgotten. */
  now?: () => number;
  /** Opens the board to other processes at `/.faults` for whoever knows it; absent: nobody. */
  controlToken?: string;
  /** Called with what should not have happened; the client gets a 500. Default: `console.error`. */
  onError?: (error: unknown) => void;
};

export type Sandbox = {
  /** `http://host:port`, without a slash at its end. A provider is at `${baseUrl}/${slug}`. */
  baseUrl: string;
  faults: FaultBoard;
  /** Calls that are being answered at this moment. */
  readonly openRequests: number;
  /** Ends all answers, clears all timers and frees the port. */
  close(): Promise<void>;
};

const MAX_BODY_BYTES = 100 * 1024 * 1024;
/** Longer than clients keep idle connections, so that it is never the sandbox that closes one under a request. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts the built-in providers: one HTTP server that answers for every provider slug in all its protocols.
 * Rejects when the address is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    host = "127.0.0.1",
    port = 0,
    faults = new Map(),
    speed = "believable",
    random = Math.random,
    now = Date.now,
    controlToken,
    onError = console.error,
  } = options;
  const cache = createPromptCache(now);
  let openRequests = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { wire, isKnown, call } = readTarget(request, now());
    const fail = (cause: FailureCause) => sendFailure({ wire, call, response }, wire.failureOf(cause, call));
    const body = await readBody(request);
    if (body === null) return;
    if (body === "tooLarge") {
      response.setHeader("connection", "close");
      return fail({ kind: "bodyTooLarge" });
    }
    if (controlToken !== undefined && request.url === CONTROL_PATH) {
      return controlFaults({ faults, token: controlToken, body, request, response });
    }
    if (!isKnown) return fail({ kind: "unknownPath" });
    if (call.method !== "POST") return fail({ kind: "wrongMethod" });
    if (!wire.hasKey(call)) return fail({ kind: "missingKey" });
    const header = request.headers["x-sandbox-fault"];
    const asked = typeof header === "string" ? parseFaultHeader(header) : faults.get(call.provider);
    if (asked === null) return fail({ kind: "sandboxHeader", header: String(header) });
    const decision = decideFault(asked, random);
    const pace = paceOf(call.provider, speed, random);
    await serveCall({ wire, call, body, response, decision, pace, cache });
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    openRequests += 1;
    response.once("close", () => {
      openRequests -= 1;
    });
    answer(request, response).catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.socket?.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end("The sandbox failed.");
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sandbox listens on no port");

  return {
    baseUrl: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    faults,
    get openRequests() {
      return openRequests;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function readTarget(request: IncomingMessage, nowMs: number): { wire: Wire; isKnown: boolean; call: Call } {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const [, provider = "", path = "/"] = /^\/([^/]*)(\/.*)?$/.exec(url.pathname) ?? [];
  const { wire, isKnown, model, isStreamPath } = findWire(path, request.headers);
  const call: Call = {
    provider,
    method: request.method ?? "GET",
    path,
    query: url.searchParams,
    headers: request.headers,
    model,
    isStreamPath,
    requestId: randomUUID().replaceAll("-", "").slice(0, 24),
    nowMs,
  };
  return { wire, isKnown, call };
}

/** Reads the whole body. @returns `null` when the client left before its end */
async function readBody(request: IncomingMessage): Promise<string | "tooLarge" | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Not destroyed on return: the answer that says why still has to go out.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new Error("the request has an encoding");
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return "tooLarge";
      chunks.push(chunk);
    }
  } catch (error) {
    if (request.destroyed && !request.complete) return null;
    throw error;
  }
  return Buffer.concat(chunks).toString("utf8");
}
