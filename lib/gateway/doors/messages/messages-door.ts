import type { AnswerIdentity, Door } from "../door";
import type { ThinkingDisplay } from "./block-events";
import { renderMessage } from "./message-answer";
import { createMessageStream } from "./message-stream";
import { readMessages } from "./read-messages";

/** `POST /messages`: the protocol of Anthropic. */
export const messagesDoor: Door = {
  idHeader: "request-id",
  read(body) {
    const { request, omitsThinking, stops } = readMessages(body);
    const displayFor = ({ hidesReasoning }: AnswerIdentity): ThinkingDisplay => {
      if (omitsThinking) return "signatures";
      return hidesReasoning ? "none" : "all";
    };
    return {
      request,
      mustNameLimit: true,
      form: {
        apiType: "messages",
        stream: (answer) => createMessageStream(answer, displayFor(answer), stops),
        whole: (answer, chunks, ending) => renderMessage(answer, chunks, ending, displayFor(answer), stops),
      },
    };
  },
};
