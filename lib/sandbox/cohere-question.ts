import type { CohereMessage, CohereRequest } from "@/lib/sandbox/cohere-request";
import { describeUrl } from "@/lib/sandbox/describe-media";
import { effortTokens, MOST_BUDGET_TOKENS } from "@/lib/sandbox/effort-tokens";
import { readMessageList } from "@/lib/sandbox/message-list";
import type { Attachment, OutputFormat, Question } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

/** The question in an accepted request of Cohere's chat. */
export function cohereQuestion(request: CohereRequest, call: Call): Question {
  const { messages, thinking, tool_choice: choice } = request;
  return {
    provider: call.provider,
    model: request.model,
    ...readMessageList(messages, request.tools ?? [], { textOf, attachmentsOf, callsOf }),
    tools: (request.tools ?? []).map(({ function: { name, description = "", parameters } }) => ({
      name,
      description,
      schema: parameters ?? {},
    })),
    toolChoice: choice === "REQUIRED" ? "any" : choice === "NONE" ? "none" : "auto",
    parallelToolCalls: true,
    // Its plan.
    talksBeforeTools: choice === undefined,
    format: formatOf(request),
    reasoning:
      thinking?.type === "enabled"
        ? { maxTokens: Math.min(thinking.token_budget ?? effortTokens(undefined), MOST_BUDGET_TOKENS) }
        : null,
    image: null,
    maxTokens: request.max_tokens ?? null,
    stop: request.stop_sequences ?? [],
    seed: request.seed ?? null,
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

function callsOf({ tool_calls: calls }: CohereMessage): string {
  return calls === undefined ? "" : JSON.stringify(calls);
}
