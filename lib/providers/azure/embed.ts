import "server-only";
import type { EmbeddingTask } from "@/lib/schemas/task";
import { openAiEmbedding } from "../openai/embed";
import type { TaskCall } from "../tasks/task-call";
import { deploymentOf, operationUrlOf } from "./address";

/** OpenAI's embeddings at a deployment's own address. */
export const azureEmbedding: TaskCall<EmbeddingTask> = {
  build(task, target) {
    const { body } = openAiEmbedding.build(task, { ...target, upstreamId: deploymentOf(target) });
    const headers = { "content-type": "application/json", accept: "application/json", "api-key": target.apiKey };
    return { url: operationUrlOf(target, "embeddings"), headers, body };
  },
  decode: openAiEmbedding.decode,
};
