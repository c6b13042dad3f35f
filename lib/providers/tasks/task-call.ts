import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { Task } from "@/lib/schemas/task";
import type { AdapterTarget } from "../types";

/** One call of a protocol beside conversation. Pure, as adapters are. */
export type TaskCall<T extends Task> = {
  /** @throws AppError `invalid_request` when the task cannot be said in this protocol, naming the field. */
  build(task: T, target: AdapterTarget): { url: string; headers: Record<string, string>; body: unknown };
  /** @throws UpstreamError or Error as {@link Adapter.decodeBody} */
  decode(body: unknown, task: T): readonly ChatChunk[];
};

/** The calls of one protocol; absent: it has none. */
export type TaskCalls = {
  embeddings?: TaskCall<Extract<Task, { kind: "embeddings" }>>;
  rerank?: TaskCall<Extract<Task, { kind: "rerank" }>>;
};
