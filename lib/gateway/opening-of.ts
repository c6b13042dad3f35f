import { measurementBook } from "@/lib/measurements/measurements";
import type { OpenedMark } from "@/lib/measurements/outage-window";
import { UpstreamError } from "@/lib/providers/types";
import type { ChatChunk, ChatStream } from "@/lib/schemas/chat-chunk";
import type { ClientSignal } from "./client-signal";
import { hasContent } from "./has-content";
import { isDeliberatelyEmpty } from "./is-deliberately-empty";
import { prepend, replay, type StreamTap, tapStream } from "./tap-stream";
import { failureOf, isProvidersFault } from "./upstream-failure";
import { ClientTooSlow, ServerStopping, type Watchdog } from "./watchdog";

/** Who looks after an answer while it comes. */
export type Watch = {
  watchdog: Watchdog;
  endpointId: string;
  client: ClientSignal;
  /** Set when the answer has begun. */
  mark: OpenedMark | undefined;
};

/**
 * Reads up to the first content. The chunks before it are kept and come first in the stream that is given on, after those
 * of `lead`.
 */
export async function openingOf(
  chunks: AsyncIterator<readonly ChatChunk[]>,
  watch: Watch,
  lead: readonly ChatChunk[],
): Promise<{ stream: ChatStream; empty: boolean }> {
  const before: (readonly ChatChunk[])[] = lead.length === 0 ? [] : [lead];
  for (;;) {
    const { value, done } = await chunks.next();
    if (done === true) {
      watch.watchdog.stop();
      const finished = before.some((group) => group.some((chunk) => chunk.finishReason !== undefined));
      if (!finished)
        throw new UpstreamError({ status: 502, providerCode: undefined, message: "the answer has no content" });
      return { stream: replay(before), empty: !before.some((group) => group.some(isDeliberatelyEmpty)) };
    }
    before.push(value);
    if (value.some(hasContent)) {
      watch.watchdog.noteContent();
      return { stream: tapStream(prepend(before, chunks), watchOver(watch)), empty: false };
    }
  }
}

function watchOver(watch: Watch): StreamTap<readonly ChatChunk[]> {
  const { watchdog, endpointId, client } = watch;
  return {
    asked: () => watchdog.resume(),
    each: (group) => {
      if (group.some(hasContent)) watchdog.noteContent();
      watchdog.pause();
    },
    ended: () => watchdog.stop(),
    broke: (error) => {
      watchdog.cancel();
      const isNobodys = client.aborted || error instanceof ClientTooSlow || error instanceof ServerStopping;
      if (!isNobodys && watch.mark !== undefined && isProvidersFault(failureOf(error).status)) {
        measurementBook().noteBroken(endpointId, watch.mark, Date.now());
      }
      throw error;
    },
    abandoned: () => watchdog.cancel(),
  };
}
