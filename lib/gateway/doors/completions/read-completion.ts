import type { ChatRequest } from "@/lib/schemas/chat-request";
import { completionRequestSchema } from "@/lib/schemas/completion-request";
import { parseJsonObject } from "../../parse-chat-request";
import { parseInput } from "../../parse-input";

export type ReadCompletion = {
  request: ChatRequest;
  /** What the answer begins with. */
  echo: string;
};

/**
 * Reads the body of a text completion. Every model of today converses, so the prompt becomes the user's message.
 *
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function readCompletion(body: Uint8Array): ReadCompletion {
  const parsed = parseInput(completionRequestSchema, parseJsonObject(body));
  const { prompt, echo, logprobs, best_of: _bestOf, suffix: _suffix, ...shared } = parsed;
  const text = typeof prompt === "string" ? prompt : prompt[0];
  return {
    request: {
      ...shared,
      prompt: text,
      messages: [{ role: "user", content: text }],
      ...(logprobs == null ? {} : { logprobs: true, top_logprobs: logprobs }),
    },
    echo: echo === true ? text : "",
  };
}
