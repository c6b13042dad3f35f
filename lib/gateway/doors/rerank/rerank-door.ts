import type { Door } from "../door";
import { neverStreamed } from "../never-streamed";
import { readRerank } from "./read-rerank";
import { renderRanking } from "./rerank-answer";

/** `POST /rerank`: documents in, the same in the order of their relevance out. */
export const rerankDoor: Door = {
  read(body) {
    const { request, task, needs } = readRerank(body);
    return {
      request,
      task,
      needs,
      form: {
        apiType: "rerank",
        stream: neverStreamed,
        whole: (answer, chunks, ending) => renderRanking(answer, chunks, ending, task),
      },
    };
  },
};
