import type { Door } from "../door";
import { readResponses } from "./read-responses";
import { renderResponse } from "./response-answer";
import { createResponseStream } from "./response-stream";

/** `POST /responses`: OpenAI's newer protocol, without its memory. */
export const responsesDoor: Door = {
  read(body) {
    const { parsed, request } = readResponses(body);
    return {
      request,
      form: {
        apiType: "responses",
        stream: (answer) => createResponseStream(parsed, answer),
        whole: (answer, chunks, ending) => renderResponse(parsed, answer, chunks, ending),
      },
    };
  },
};
