import { parseChatRequest } from "../../parse-chat-request";
import type { AnswerForm, Door } from "../door";
import { renderChatAnswer } from "./chat-answer";
import { createChatStream } from "./chat-stream";

const FORM: AnswerForm = { apiType: "completions", stream: createChatStream, whole: renderChatAnswer };

/** `POST /chat/completions`: the protocol whose request is our own. */
export const chatDoor: Door = {
  read: (body) => ({ request: parseChatRequest(body), form: FORM }),
};
