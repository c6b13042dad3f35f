import "server-only";
import { messageBus } from "@/lib/bus/message-bus";
import { processState } from "@/lib/process-state";
import { authenticate } from "./authenticate";
import { ClientController } from "./client-signal";
import type { GatewayRequest, GatewayResponse, OpenOperation } from "./http";
import { KeptStream } from "./kept-stream";

/** So long an answer goes on for a page that is being loaded again. */
const GRACE_MS = 30_000;
/** So long it can be asked for after its end. */
const KEPT_AFTER_END_MS = 60_000;
/** Of all streams of this process, in characters. The oldest are forgotten first. */
const MAX_ALL_CHARS = 64 * 1_048_576;
const MAX_STREAMS = 500;
const STREAM_ID = /^[\w-]{16,64}$/;
const STOP_TOPIC = "chat-stop";

type Streams = Map<string, KeptStream>;

const streams = () =>
  processState<Streams>("kept-streams", () => {
    const kept: Streams = new Map();
    messageBus()?.listen(STOP_TOPIC, (message) => {
      const [accountId, id = ""] = message.split(" ");
      const stream = kept.get(id);
      if (stream?.accountId === accountId) stream?.stop();
    });
    return kept;
  });

/**
 * Lets a page of ours come back to an answer after a reload: one that is asked for with the session cookie and an
 * `X-Chat-Stream` id goes on for a while when its client leaves, and can be read again from the beginning. Kept in
 * memory only, within bounds of size and time. Everybody else's requests pass with one look at a header.
 */
export const keepingStreams =
  (operation: OpenOperation): OpenOperation =>
  (request, parameters) => {
    const id = request.headers["x-chat-stream"];
    return id === undefined || hasKey(request) || !STREAM_ID.test(id)
      ? operation(request, parameters)
      : keep(id, operation, request, parameters);
  };

function hasKey({ headers }: GatewayRequest): boolean {
  return headers.authorization !== undefined || headers["x-api-key"] !== undefined;
}

async function keep(
  id: string,
  operation: OpenOperation,
  request: GatewayRequest,
  parameters: Readonly<Record<string, string>>,
): Promise<GatewayResponse> {
  const { accountId } = await authenticate(request);
  const source = new ClientController();
  const stopSource = () => source.abort(new Error("nobody listens any more"));
  // Until it streams there is nothing to keep.
  request.signal.addEventListener("abort", stopSource);
  if (request.signal.aborted) stopSource();
  const response = await operation({ ...request, signal: source }, parameters);
  const { body } = response;
  if (typeof body === "string" || body instanceof Uint8Array) return response;
  request.signal.removeEventListener("abort", stopSource);
  const kept: KeptStream = new KeptStream(accountId, body, {
    graceMs: GRACE_MS,
    stopSource,
    onEnd: () => setTimeout(() => forget(id, kept), KEPT_AFTER_END_MS).unref(),
  });
  const pieces = kept.read();
  const onGone = () => kept.noteReaderGone();
  request.signal.addEventListener("abort", onGone);
  if (request.signal.aborted) onGone();
  streams().set(id, kept);
  makeRoom();
  return { ...response, body: pieces };
}

/** A kept stream from its beginning; `undefined` when this process has none of that id for that account. */
export function readKeptStream(accountId: string, id: string): KeptStream | undefined {
  const kept = streams().get(id);
  return kept?.accountId === accountId && kept.isWhole ? kept : undefined;
}

/** Stops an answer of the account in whichever process it is made. */
export async function stopKeptStream(accountId: string, id: string): Promise<void> {
  if (!STREAM_ID.test(id)) return;
  const kept = streams().get(id);
  if (kept === undefined) await messageBus()?.publish(STOP_TOPIC, [`${accountId} ${id}`]);
  else if (kept.accountId === accountId) kept.stop();
}

function forget(id: string, kept: KeptStream): void {
  if (streams().get(id) === kept) streams().delete(id);
}

function makeRoom(): void {
  const all = streams();
  let chars = 0;
  for (const { keptChars } of all.values()) chars += keptChars;
  for (const [id, { keptChars }] of all) {
    if (chars <= MAX_ALL_CHARS && all.size <= MAX_STREAMS) return;
    all.delete(id);
    chars -= keptChars;
  }
}
