import "server-only";
import { invalidField } from "@/lib/errors";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import type { EmbeddingTask } from "@/lib/schemas/task";
import { embeddingContent, taskTypeOf } from "../gemini/embedding-content";
import { countOf, isRecord, listOf, recordOf } from "../json";
import { textOfInput } from "../tasks/input-text";
import { readVectors } from "../tasks/read-vectors";
import type { TaskCall } from "../tasks/task-call";
import type { AdapterTarget } from "../types";
import { locationUrlOf } from "./address";

/**
 * Google's models of embeddings, as Vertex AI serves them: the first generation at `predict`, those after it at
 * `embedContent` and nowhere else; either takes one input at a time. Source:
 * cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api and vercel/ai pull request 16238,
 * read 2026-11-21.
 */
export const vertexEmbedding: TaskCall<EmbeddingTask> = {
  build({ inputs, dimensions, inputType }, target) {
    const [input, ...more] = inputs;
    if (input === undefined || more.length > 0) throw invalidField("input", "this provider takes one at a time");
    const { upstreamId } = target;
    const taskType = taskTypeOf(inputType);
    const length = dimensions === undefined ? {} : { outputDimensionality: dimensions };
    const address = `${locationUrlOf(target)}/publishers/google/models/${upstreamId}`;
    if (isPredicted(upstreamId)) {
      const instance = { content: textOfInput(input, 0), ...(taskType === undefined ? {} : { task_type: taskType }) };
      return {
        url: `${address}:predict`,
        headers: headersFor(target),
        body: { instances: [instance], parameters: { autoTruncate: false, ...length } },
      };
    }
    return {
      url: `${address}:embedContent`,
      headers: headersFor(target),
      body: { content: embeddingContent(input, 0), ...(taskType === undefined ? {} : { taskType }), ...length },
    };
  },
  decode(body, task) {
    if (!isRecord(body)) throw new Error("body is not a JSON object");
    // One of the two forms, whichever was asked for.
    const predicted = listOf(body.predictions).map((entry) => recordOf(recordOf(entry)?.embeddings));
    const embedded = recordOf(body.embedding);
    const vectors = embedded === undefined ? predicted.map((entry) => entry?.values) : [embedded.values];
    const promptTokens =
      countOf(recordOf(body.usageMetadata)?.promptTokenCount) +
      predicted.reduce((sum, entry) => sum + countOf(recordOf(entry?.statistics)?.token_count), 0);
    const usage = promptTokens === 0 ? {} : { usage: { ...NO_TOKENS, promptTokens } };
    return [{ ...readVectors(vectors, task), ...usage }];
  },
};

function isPredicted(upstreamId: string): boolean {
  return upstreamId === "gemini-embedding-001" || upstreamId.startsWith("text-");
}

function headersFor({ apiKey }: AdapterTarget): Record<string, string> {
  // A service account's token is added by its connection.
  return { "content-type": "application/json", ...(apiKey === "" ? {} : { "x-goog-api-key": apiKey }) };
}
