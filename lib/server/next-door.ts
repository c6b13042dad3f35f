import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { handleApiRequest, refuseApiRequest } from "@/lib/gateway/handle-api-request";
import type { GatewayBody, GatewayResponse } from "@/lib/gateway/http";

/** Next's door: the same pipeline behind a route handler, for `next dev` and plain Next hosting. Never throws. */
export async function serveApiInNext(request: Request): Promise<Response> {
  const receivedMs = Date.now();
  const { pathname, searchParams } = new URL(request.url);
  try {
    const response = await handleApiRequest({
      method: request.method,
      path: pathname,
      query: searchParams,
      headers: Object.fromEntries(request.headers),
      body: await readBody(request, env().MAX_BODY_MB * 1024 * 1024),
      signal: request.signal,
      receivedMs,
    });
    return webResponse(response, request.method);
  } catch (error) {
    return webResponse(refuseApiRequest(error, pathname), request.method);
  }
}

/** @throws AppError `payload_too_large` */
async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError("payload_too_large", `Request payload too large: at most ${maxBytes / 1024 / 1024} MB are accepted`);
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function webResponse({ status, headers, body }: GatewayResponse, method: string): Response {
  if (status === 204 || method === "HEAD") return new Response(null, { status, headers });
  return new Response(webBodyOf(body), { status, headers });
}

function webBodyOf(body: GatewayBody): BodyInit {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  const iterator = body[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      // The request's signal has ended the provider's stream by now; the rest is run to its end so that it is settled.
      while ((await iterator.next()).done !== true);
    },
  });
}
