import { invalidField } from "@/lib/errors";
import type { ChatRequest } from "@/lib/schemas/chat-request";

type Fields = Pick<
  ChatRequest,
  "logprobs" | "top_logprobs" | "reasoning" | "reasoning_effort" | "tools" | "tool_choice"
>;

/**
 * Refuses fields that are right alone and wrong together. A request is asked when its presets are worked in: what one
 * half lacks the other may have.
 *
 * @throws AppError `invalid_request` that names the field.
 */
export function checkAcrossFields(request: Fields): void {
  if (request.top_logprobs != null && request.logprobs !== true) {
    throw invalidField("top_logprobs", "needs logprobs to be true");
  }
  const effort = request.reasoning?.effort;
  if (effort != null && request.reasoning_effort != null && effort !== request.reasoning_effort) {
    throw invalidField("reasoning_effort", `disagrees with reasoning.effort ("${effort}")`);
  }
  if (effort != null && request.reasoning?.max_tokens != null) {
    throw invalidField("reasoning.max_tokens", "cannot be combined with reasoning.effort; give one of the two");
  }
  const choice = request.tool_choice;
  if (typeof choice === "object" && choice !== null && "function" in choice) {
    const { name } = choice.function as { name: string };
    const exists = request.tools?.some(
      (tool) => "function" in tool && (tool.function as { name: string }).name === name,
    );
    if (!exists) throw invalidField("tool_choice.function.name", `no tool is named "${name}"`);
  }
  if (choice === "required" && (request.tools == null || request.tools.length === 0)) {
    throw invalidField("tool_choice", '"required" needs tools');
  }
}
