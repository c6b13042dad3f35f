import type { ChatCompletionChunk } from "@/lib/schemas/chat-completion";
import type { ToolStep } from "@/lib/schemas/chatroom";
import type { OfferedTool } from "./build-request";
import type { AskedModel } from "./request-of";
import type { RoomStore } from "./room-store";
import type { StreamSource } from "./run-answer";
import type { ToolOutcome } from "./tool-box";

/** What an open room needs of the world. */
export type SessionParts = {
  store: RoomStore;
  stream: (source: StreamSource, signal: AbortSignal) => AsyncIterable<readonly ChatCompletionChunk[]>;
  /** Stops an answer at the server, which would go on for a while when only the connection closes. */
  stopStream: (streamId: string) => void;
  /** What is known of a model; `undefined` of one that cannot be reached any more. */
  factOf: (modelId: string) => AskedModel | undefined;
  offeredTools: () => readonly OfferedTool[];
  /** Asks the person where that is needed. Never throws but for `signal`. */
  runTool: (step: ToolStep, signal: AbortSignal) => Promise<ToolOutcome>;
  newId: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Calls once before the next drawing. */
  beforeDrawing: (draw: () => void) => void;
  /** Something could not be kept. */
  onStorageError: (error: unknown) => void;
};
