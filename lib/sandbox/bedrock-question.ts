import type { BedrockBlock, BedrockRequest } from "@/lib/sandbox/bedrock-request";
import { describeBase64, tokensOfAttachment } from "@/lib/sandbox/describe-media";
import { effortTokens, MOST_BUDGET_TOKENS } from "@/lib/sandbox/effort-tokens";
import { FRAME_TOKENS } from "@/lib/sandbox/message-list";
import type { Attachment, OutputFormat, PromptSegment, Question, ToolResult } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

/** The question in an accepted request of Converse. */
export function bedrockQuestion(request: BedrockRequest, call: Call): Question {
  const { messages, inferenceConfig: config } = request;
  const users = messages.filter(({ role }) => role === "user");
  const last = messages.at(-1);
  const lastUser = users.findLast(({ content }) => textOf(content) !== "") ?? users.at(-1);
  return {
    provider: call.provider,
    model: call.model ?? "",
    system: textOf(request.system ?? []),
    userText: textOf(lastUser?.content ?? []),
    prefill: last?.role === "assistant" ? textOf(last.content) : "",
    userTurns: users.filter(({ content }) => content.some(({ toolResult }) => toolResult === undefined)).length,
    attachments: (lastUser?.content ?? []).flatMap(attachmentOf),
    ...toolsOf(request),
    toolResults: toolResultsOf(request),
    format: formatOf(request),
    reasoning: reasoningOf(request),
    image: null,
    maxTokens: config?.maxTokens ?? null,
    stop: config?.stopSequences ?? [],
    seed: null,
    prompt: promptOf(request),
  };
}

function toolsOf({
  toolConfig,
  additionalModelRequestFields: own,
}: BedrockRequest): Pick<Question, "tools" | "toolChoice" | "parallelToolCalls" | "talksBeforeTools"> {
  const choice = toolConfig?.toolChoice;
  // Claude's own word says more than the shared one, and goes first.
  const named = own?.tool_choice?.name ?? (choice !== undefined && "tool" in choice ? choice.tool.name : undefined);
  const isForced = own?.tool_choice?.type === "any" || (choice !== undefined && "any" in choice);
  return {
    tools: (toolConfig?.tools ?? []).flatMap(({ toolSpec }) =>
      toolSpec === undefined || (named !== undefined && toolSpec.name !== named)
        ? []
        : [{ name: toolSpec.name, description: toolSpec.description ?? "", schema: toolSpec.inputSchema.json }],
    ),
    toolChoice: named !== undefined || isForced ? "any" : "auto",
    parallelToolCalls: own?.tool_choice?.disable_parallel_tool_use !== true,
    talksBeforeTools: named === undefined && !isForced,
  };
}

function formatOf({ outputConfig }: BedrockRequest): OutputFormat {
  const schema = outputConfig?.textFormat?.structure.jsonSchema.schema;
  return schema === undefined ? { kind: "text" } : { kind: "schema", schema: parsedOrEmpty(schema) };
}

function parsedOrEmpty(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it constrains nothing.
    return {};
  }
}

/** Each vendor's models have a word of their own for it. */
function reasoningOf({ additionalModelRequestFields: own }: BedrockRequest): Question["reasoning"] {
  const effort = own?.reasoning_effort ?? own?.reasoningConfig?.maxReasoningEffort ?? own?.output_config?.effort;
  const mode = own?.thinking?.type ?? own?.reasoningConfig?.type ?? (own?.reasoning_effort && "enabled");
  if (mode !== "enabled" && mode !== "adaptive") return null;
  return { maxTokens: Math.min(own?.thinking?.budget_tokens ?? effortTokens(effort), MOST_BUDGET_TOKENS) };
}

function textOf(blocks: readonly BedrockBlock[]): string {
  return blocks.flatMap(({ text }) => text || []).join("\n");
}

const KINDS = { image: "image", document: "file", video: "video", audio: "audio" } as const;

function attachmentOf(block: BedrockBlock): Attachment[] {
  for (const name of ["image", "document", "video", "audio"] as const) {
    const media = block[name];
    if (media === undefined) continue;
    const prefix = name === "document" ? "application" : name;
    const { format, source, name: title = null } = media;
    return [describeBase64(KINDS[name], `${prefix}/${format}`, source.bytes ?? "", title)];
  }
  return [];
}

/** Results count as news only while no turn has followed them. */
function toolResultsOf({ messages }: BedrockRequest): ToolResult[] {
  const last = messages.at(-1);
  if (last?.role !== "user") return [];
  const names = new Map(
    messages.flatMap(({ content }) => content.map(({ toolUse }) => [toolUse?.toolUseId, toolUse?.name] as const)),
  );
  return last.content.flatMap(({ toolResult }) =>
    toolResult === undefined
      ? []
      : [
          {
            name: names.get(toolResult.toolUseId) ?? "tool",
            content: toolResult.content
              .map(({ text, json }) => text ?? (json === undefined ? "" : JSON.stringify(json)))
              .filter(Boolean)
              .join("\n"),
            failed: toolResult.status === "error",
          },
        ],
  );
}

/** Tools, system and messages, in this order; a cache point ends the segment before it. */
function promptOf({ toolConfig, system = [], messages }: BedrockRequest): PromptSegment[] {
  const segments: PromptSegment[] = [];
  const add = (text: string, extraTokens: number, point: BedrockBlock["cachePoint"]) => {
    const last = segments.at(-1);
    if (point === undefined) segments.push({ text, extraTokens: FRAME_TOKENS + extraTokens, cacheTtl: null });
    else if (last !== undefined) last.cacheTtl = point.ttl ?? "5m";
  };
  for (const { cachePoint, ...tool } of toolConfig?.tools ?? []) add(JSON.stringify(tool), 0, cachePoint);
  for (const { text = "", cachePoint } of system) add(`system\n${text}`, 0, cachePoint);
  for (const { role, content } of messages) {
    for (const block of content) {
      const [attachment] = attachmentOf(block);
      const { text, toolUse, toolResult, reasoningContent } = block;
      const said = text ?? attachment?.fingerprint ?? JSON.stringify(toolUse ?? toolResult ?? reasoningContent ?? "");
      add(`${role}\n${said}`, attachment === undefined ? 0 : tokensOfAttachment(attachment), block.cachePoint);
    }
  }
  return segments;
}
