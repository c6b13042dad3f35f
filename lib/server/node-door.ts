import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { ClientController, type ClientSignal } from "@/lib/gateway/client-signal";
import { handleApiRequest, refuseApiRequest } from "@/lib/gateway/handle-api-request";
import type { GatewayRequest, GatewayResponse } from "@/lib/gateway/http";
import { log } from "@/lib/log";

/** The direct door: hands a request of `node:http` to the pipeline, past Next. Never throws. */
export async function serveApi(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const receivedMs = Date.now();
  const client = new ClientController();
  // "close" without "finish": the client left. Aborting comes first, because the answer's iterator may be waiting for
  // bytes that only the abort can end.
  response.on("close", () => {
    if (!response.writableFinished) client.abort(new Error("the client went away"));
  });
  try {
    const body = await readBody(message, env().MAX_BODY_MB * 1024 * 1024);
    await send(await handleApiRequest(requestOf(message, body, client, receivedMs)), message, response);
  } catch (error) {
    if (response.destroyed) return;
    if (response.headersSent) {
      log().error({ err: error }, "an answer broke off");
      response.destroy();
      return;
    }
    await refuseUnread(refuseApiRequest(error, pathOf(message)), message, response);
  }
}

function pathOf({ url = "/" }: IncomingMessage): string {
  const mark = url.indexOf("?");
  return mark === -1 ? url : url.slice(0, mark);
}

function requestOf(
  message: IncomingMessage,
  body: Uint8Array,
  signal: ClientSignal,
  receivedMs: number,
): GatewayRequest {
  const { url = "/" } = message;
  const mark = url.indexOf("?");
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(message.headers))
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return {
    method: message.method ?? "GET",
    path: pathOf(message),
    query: mark === -1 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1)),
    headers,
    body,
    signal,
    receivedMs,
  };
}

/** A client that takes nothing for so long is cut off: otherwise it could hold its connection and its credit for ever. */
const STALLED_CLIENT_MS = 60_000;
/** For how long a client may go on sending what was refused. */
const LINGER_MS = 2_000;
const NO_BODY = new Uint8Array(0);
/** Shared: nobody writes to a request's query. */
const NO_QUERY = new URLSearchParams();

/** @throws AppError `payload_too_large` */
function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (message.method === "GET" || message.method === "HEAD") return Promise.resolve(NO_BODY);
  const tooLarge = () =>
    new AppError("payload_too_large", `Request payload too large: at most ${maxBytes / 1024 / 1024} MB are accepted`);
  if (Number(message.headers["content-length"]) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        message.pause();
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    message.on("end", () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
    });
    message.on("error", reject);
    message.on("aborted", () => reject(new AppError("client_closed_request", "the client went away")));
  });
}

/**
 * Refuses a request whose body was not read to its end. What still comes of it is thrown away for a while: a connection
 * that is closed on unread bytes is reset, and the reset can overtake the answer.
 */
async function refuseUnread(
  { status, headers, body }: GatewayResponse,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = typeof body === "string" ? body : "";
  response.writeHead(status, { ...headers, connection: "close", "content-length": Buffer.byteLength(text) });
  response.write(text);
  message.removeAllListeners("data").resume();
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, LINGER_MS);
    for (const event of ["end", "close"]) {
      message.once(event, () => {
        clearTimeout(limit);
        resolve();
      });
    }
  });
  response.end();
}

async function send(
  { status, headers, body }: GatewayResponse,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (typeof body === "string" || body instanceof Uint8Array) {
    const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": bytes });
    response.end(message.method === "HEAD" ? undefined : body);
    return;
  }
  const framed = message.httpVersionMinor > 0;
  response.writeHead(status, framed ? { ...headers, "transfer-encoding": "chunked" } : headers);
  // We frame each piece ourselves, in one string: node hands four to the socket (length, line break, piece, line break),
  // which costs as much as all that we do with the piece. HTTP/1.0 knows no chunks: there the connection's end is the end.
  response.chunkedEncoding = false;
  // Each chunk is to leave at once, not when the next one fills the segment.
  response.socket?.setNoDelay(true);
  for await (const text of body) {
    // After the client has gone the loop goes on without writing: the answer must come to its end to be settled.
    if (response.destroyed) continue;
    if (!response.write(framed ? chunkOf(text) : text)) await drained(response);
  }
  response.end(framed ? LAST_CHUNK : undefined);
}

const LAST_CHUNK = "0\r\n\r\n";

/** A piece in the form of `Transfer-Encoding: chunked` (RFC 9112, section 7.1). Never called with an empty one. */
function chunkOf(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** Resolves when the client has read enough, or is gone. One that does not read is cut off. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => response.destroy(), STALLED_CLIENT_MS);
    const done = () => {
      clearTimeout(limit);
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
