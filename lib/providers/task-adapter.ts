import "server-only";
import { invalidField } from "@/lib/errors";
import type { Protocol } from "@/lib/schemas/catalog";
import type { Task } from "@/lib/schemas/task";
import { azureEmbedding } from "./azure/embed";
import { cohereEmbedding } from "./cohere/embed";
import { geminiEmbedding } from "./gemini/embed";
import { openAiEmbedding } from "./openai/embed";
import { openAiRerank } from "./openai/rerank";
import type { TaskCall, TaskCalls } from "./tasks/task-call";
import type { Adapter } from "./types";
import { vertexEmbedding } from "./vertex/embed";

const CALLS: ReadonlyMap<Protocol, TaskCalls> = new Map<Protocol, TaskCalls>([
  ["openai-compatible", { embeddings: openAiEmbedding, rerank: openAiRerank }],
  ["ollama", { embeddings: openAiEmbedding }],
  ["azure", { embeddings: azureEmbedding }],
  ["gemini", { embeddings: geminiEmbedding }],
  ["vertex", { embeddings: vertexEmbedding }],
  // The form in which others rank is that of Cohere.
  ["cohere", { embeddings: cohereEmbedding, rerank: openAiRerank }],
]);

/**
 * What speaks a provider's protocol to have one task done: an adapter like the one for conversations, and with its way
 * of reading refusals, so that the attempt is the same.
 *
 * @throws AppError `invalid_request` when the protocol has no such call
 */
export function taskAdapterOf(adapter: Adapter, task: Task): Adapter {
  const calls = CALLS.get(adapter.protocol);
  switch (task.kind) {
    case "embeddings":
      return withCall(adapter, calls?.embeddings, task, "makes no embeddings");
    case "rerank":
      return withCall(adapter, calls?.rerank, task, "ranks no documents");
  }
}

function withCall<T extends Task>(adapter: Adapter, call: TaskCall<T> | undefined, task: T, lack: string): Adapter {
  if (call === undefined) throw invalidField("model", `the provider's protocol (${adapter.protocol}) ${lack}`);
  return {
    ...adapter,
    buildRequest: ({ target }) => {
      const { url, headers, body } = call.build(task, target);
      return { url, headers, body: JSON.stringify(body), droppedParameters: [] };
    },
    decodeBody: (body) => call.decode(body, task),
  };
}
