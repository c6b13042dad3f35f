import type { CohereMessage, CohereRequest } from "@/lib/sandbox/cohere-request";
import { describeUrl, tokensOfAttachment } from "@/lib/sandbox/describe-media";
import type { Attachment, OutputFormat, PromptSegment, Question, ToolResult } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

/** What a model thinks that is given no budget. */
const USUAL_THINKING_TOKENS = 250;
const MAX_THINKING_TOKENS = 500;
const FRAME_TOKENS = 4;

/** The question in an accepted request of Cohere's chat. */
export function cohereQuestion(request: CohereRequest, call: Call): Question {
  const { messages, thinking, tool_choice: choice } = request;
  const users = messages.filter(({ role }) => role === "user");
  const lastUser = users.at(-1);
  return {
    provider: call.provider,
    model: request.model,
    system: messages
      .filter(({ role }) => role === "system")
      .map(textOf)
      .join("\n"),
    userText: lastUser === undefined ? "" : textOf(lastUser),
    prefill: "",
    userTurns: users.length,
    attachments: lastUser === undefined ? [] : attachmentsOf(lastUser),
    tools: (request.tools ?? []).map(({ function: { name, description = "", parameters } }) => ({
      name,
      description,
      schema: parameters ?? {},
    })),
    toolChoice: choice === "REQUIRED" ? "any" : choice === "NONE" ? "none" : "auto",
    parallelToolCalls: true,
    // Its plan.
    talksBeforeTools: choice === undefined,
    toolResults: toolResultsOf(messages),
    format: formatOf(request),
    reasoning:
      thinking?.type === "enabled"
        ? { maxTokens: Math.min(thinking.token_budget ?? USUAL_THINKING_TOKENS, MAX_THINKING_TOKENS) }
        : null,
    image: null,
    maxTokens: request.max_tokens ?? null,
    stop: request.stop_sequences ?? [],
    seed: request.seed ?? null,
    prompt: promptOf(request),
  };
}

function formatOf({ response_format: format }: CohereRequest): OutputFormat {
  if (format?.type !== "json_object") return { kind: "text" };
  return format.json_schema === undefined ? { kind: "json" } : { kind: "schema", schema: format.json_schema };
}

function textOf({ content = "", tool_plan: plan = "" }: CohereMessage): string {
  if (typeof content === "string") return content || plan;
  return content.flatMap(({ text }) => text || []).join("\n") || plan;
}

function attachmentsOf({ content }: CohereMessage): Attachment[] {
  if (typeof content !== "object") return [];
  return content.flatMap(({ image_url: image }) =>
    image === undefined ? [] : [describeUrl("image", image.url, null)],
  );
}

function toolResultsOf(messages: readonly CohereMessage[]): ToolResult[] {
  const names = new Map(
    messages.flatMap(({ tool_calls: calls = [] }) => calls.map((call) => [call.id, call.function.name] as const)),
  );
  const recent = messages.slice(messages.findLastIndex(({ role }) => role === "assistant") + 1);
  return recent
    .filter(({ role }) => role === "tool")
    .map((message) => ({
      name: names.get(message.tool_call_id ?? "") ?? "tool",
      content: textOf(message),
      failed: false,
    }));
}

function promptOf({ tools = [], messages }: CohereRequest): PromptSegment[] {
  const offered =
    tools.length === 0 ? [] : [{ text: JSON.stringify(tools), extraTokens: FRAME_TOKENS, cacheTtl: null }];
  return [
    ...offered,
    ...messages.map((message): PromptSegment => {
      const attachments = attachmentsOf(message);
      const calls = message.tool_calls === undefined ? "" : JSON.stringify(message.tool_calls);
      return {
        text: `${message.role}\n${textOf(message)}${calls}${attachments.map((one) => one.fingerprint).join("")}`,
        extraTokens: attachments.reduce((sum, one) => sum + tokensOfAttachment(one), FRAME_TOKENS),
        cacheTtl: null,
      };
    }),
  ];
}
