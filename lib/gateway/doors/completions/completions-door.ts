import type { Door } from "../door";
import { renderCompletion } from "./completion-answer";
import { createCompletionStream } from "./completion-stream";
import { readCompletion } from "./read-completion";

/** `POST /completions`: a prompt goes in, its continuation comes out. */
export const completionsDoor: Door = {
  read(body) {
    const { request, echo } = readCompletion(body);
    return {
      request,
      form: {
        apiType: "text_completions",
        stream: (answer) => createCompletionStream(answer, echo),
        whole: (answer, chunks, ending) => renderCompletion(answer, chunks, ending, echo),
      },
    };
  },
};
