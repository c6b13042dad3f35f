import type { Door } from "../door";
import { neverStreamed } from "../never-streamed";
import { renderEmbeddings } from "./embedding-answer";
import { readEmbeddings } from "./read-embeddings";

/** `POST /embeddings`: texts in, vectors out. */
export const embeddingsDoor: Door = {
  read(body) {
    const { request, task, needs, asBase64 } = readEmbeddings(body);
    return {
      request,
      task,
      needs,
      form: {
        apiType: "embeddings",
        stream: neverStreamed,
        whole: (answer, chunks, ending) => renderEmbeddings(answer, chunks, ending, asBase64),
      },
    };
  },
};
