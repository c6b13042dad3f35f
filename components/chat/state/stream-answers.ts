import type { SessionParts } from "@/lib/chatroom/session-parts";
import { ConnectionLost } from "@/lib/chatroom/stream-errors";
import { CompletionRefused, chatStreamPath, streamChunks } from "@/lib/queries/stream-completion";

/** A copy lies in the process that made the answer, and another connection may lead to another process. */
const RESUME_ATTEMPTS = 8;
const RESUME_PAUSE_MS = 120;
const NOT_FOUND = 404;

/** The server as a room sees it: completions with their copies. */
export const streamAnswer: SessionParts["stream"] = async function* (source, signal) {
  if ("body" in source) {
    yield* streamChunks(source, signal);
    return;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      yield* streamChunks(source, signal);
      return;
    } catch (error) {
      if (!(error instanceof CompletionRefused) || error.body.code !== NOT_FOUND) throw error;
      if (attempt === RESUME_ATTEMPTS) throw new ConnectionLost("the server has no copy of it", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, RESUME_PAUSE_MS));
    }
  }
};

/** Tells the server that nobody wants an answer any more, whose connection is closed already. */
export function stopStream(streamId: string): void {
  void fetch(chatStreamPath(streamId), { method: "DELETE", keepalive: true }).catch(() => undefined);
}
