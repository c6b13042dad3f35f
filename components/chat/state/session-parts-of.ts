import { randomId } from "@/components/ui/random-id";
import type { RoomStore } from "@/lib/chatroom/room-store";
import type { SessionParts } from "@/lib/chatroom/session-parts";
import { callTool, offeredTools } from "../tools/tool-calls";
import { drawSoon } from "./draw-soon";

// What reads answers is not needed before the first question.
export const loadStreams = () => import("./stream-answers");

const stream: SessionParts["stream"] = async function* (source, signal) {
  const { streamAnswer } = await loadStreams();
  yield* streamAnswer(source, signal);
};

/** A room of this page: answers come from the server, tools run here. */
export function sessionPartsOf(
  store: RoomStore,
  factOf: SessionParts["factOf"],
  onStorageError: (error: unknown) => void,
): SessionParts {
  return {
    store,
    stream,
    stopStream: (id) => void loadStreams().then(({ stopStream }) => stopStream(id)),
    factOf,
    offeredTools,
    runTool: callTool,
    newId: randomId,
    now: () => Date.now(),
    beforeDrawing: drawSoon,
    onStorageError,
  };
}
