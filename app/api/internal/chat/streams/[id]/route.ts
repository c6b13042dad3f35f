import { AppError } from "@/lib/errors";
import { readKeptStream, stopKeptStream } from "@/lib/gateway/keep-streams";
import { internalRoute } from "../../../internal-route";

/** The answer that a page asked for before it was loaded again, from its beginning. */
export const GET = internalRoute<{ id: string }>(async ({ user, request, parameters: { id } }) => {
  const kept = readKeptStream(user.accountId, id);
  if (kept === undefined) {
    // Another process may have it: a new connection may lead there.
    throw new AppError("not_found", "There is no such answer.", { headers: { connection: "close" } });
  }
  const pieces = kept.read();
  const encoder = new TextEncoder();
  request.signal.addEventListener("abort", () => kept.noteReaderGone());
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
});

/** Stops it. A connection that closes does not: the page may only be loaded again. */
export const DELETE = internalRoute<{ id: string }>(async ({ user, parameters: { id } }) => {
  await stopKeptStream(user.accountId, id);
  return { stopped: true };
});
