import "server-only";
import { invalidField } from "@/lib/errors";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import type { EmbeddingTask } from "@/lib/schemas/task";
import { countOf, isRecord, listOf, recordOf } from "../json";
import { readVectors } from "../tasks/read-vectors";
import type { TaskCall } from "../tasks/task-call";
import { embeddingContent, taskTypeOf } from "./embedding-content";

/** More are refused. Source: ai.google.dev/api/embeddings, batchEmbedContents, as known in 2026-11. */
const MAX_INPUTS = 100;

/** `models/…:batchEmbedContents`. Source: ai.google.dev/api/embeddings, as known in 2026-11. */
export const geminiEmbedding: TaskCall<EmbeddingTask> = {
  build({ inputs, dimensions, inputType }, target) {
    if (inputs.length > MAX_INPUTS) throw invalidField("input", `this provider takes at most ${MAX_INPUTS} at a time`);
    const model = `models/${target.upstreamId}`;
    const taskType = taskTypeOf(inputType);
    return {
      url: `${target.baseUrl}/${model}:batchEmbedContents`,
      headers: { "content-type": "application/json", "x-goog-api-key": target.apiKey },
      body: {
        requests: inputs.map((input, index) => ({
          model,
          content: embeddingContent(input, index),
          ...(taskType === undefined ? {} : { taskType }),
          ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
        })),
      },
    };
  },
  decode(body, task) {
    if (!isRecord(body)) throw new Error("body is not a JSON object");
    const vectors = listOf(body.embeddings).map((entry) => recordOf(entry)?.values);
    // Older models count nothing.
    const promptTokens = countOf(recordOf(body.usageMetadata)?.promptTokenCount);
    const usage = promptTokens === 0 ? {} : { usage: { ...NO_TOKENS, promptTokens } };
    return [{ ...readVectors(vectors, task), ...usage }];
  },
};
