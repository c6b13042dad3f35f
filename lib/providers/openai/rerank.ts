import "server-only";
import type { RerankTask } from "@/lib/schemas/task";
import { listOf } from "../json";
import { textOfDocument } from "../tasks/input-text";
import { readRanking } from "../tasks/read-ranking";
import type { TaskCall } from "../tasks/task-call";
import { readTaskAnswer } from "./task-answer";
import { taskHeaders } from "./task-headers";
import { taskQuirksOf } from "./task-quirks";

/** `POST /rerank`, which OpenAI has not, and many that speak its protocol have in the form of Cohere's first version. */
export const openAiRerank: TaskCall<RerankTask> = {
  build({ query, documents, topN }, target) {
    const quirks = taskQuirksOf(target.providerSlug);
    return {
      url: `${target.baseUrl}/rerank`,
      headers: taskHeaders(target),
      body: {
        model: target.upstreamId,
        query,
        documents: quirks.isOpenRouter ? documents : documents.map(textOfDocument),
        ...(topN === undefined ? {} : { [quirks.topField]: topN }),
      },
    };
  },
  decode(body, task) {
    const { json, about } = readTaskAnswer(body);
    // Voyage calls the list `data`.
    return [{ ...readRanking(listOf(json.results ?? json.data), task), ...about }];
  },
};
