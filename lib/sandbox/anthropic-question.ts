import { type AnthropicBlock, blocksOf, type ParsedAnthropicRequest, type Turn } from "@/lib/sandbox/anthropic-request";
import { describeBase64, describeUrl, tokensOfAttachment } from "@/lib/sandbox/describe-media";
import { effortTokens, MOST_BUDGET_TOKENS } from "@/lib/sandbox/effort-tokens";
import { isRecord } from "@/lib/sandbox/json-value";
import { FRAME_TOKENS } from "@/lib/sandbox/message-list";
import { playSearch } from "@/lib/sandbox/play-search";
import type { Attachment, CacheTtl, PromptSegment, Question, ToolResult } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

/** The question in an accepted request. */
export function anthropicQuestion({ request, turns }: ParsedAnthropicRequest, call: Call): Question {
  const last = turns.at(-1);
  const lastUser =
    turns.findLast((turn) => turn.role === "user" && textOf(turn.blocks) !== "") ??
    turns.findLast((turn) => turn.role === "user");
  const choice = request.tool_choice;
  const format = request.output_config?.format ?? request.output_format ?? null;
  const { thinking } = request;
  return {
    provider: call.provider,
    model: request.model,
    system: request.system === undefined ? "" : textOf(blocksOf(request.system)),
    userText: textOf(lastUser?.blocks ?? []),
    prefill: last?.role === "assistant" ? textOf(last.blocks) : "",
    userTurns: turns.filter((turn) => turn.role === "user" && turn.blocks.some((block) => block.type !== "tool_result"))
      .length,
    attachments: (lastUser?.blocks ?? []).flatMap(attachmentOf),
    tools: (request.tools ?? [])
      .filter((tool) => tool.input_schema !== undefined && (choice?.type !== "tool" || tool.name === choice.name))
      .map((tool) => ({ name: tool.name, description: tool.description ?? "", schema: tool.input_schema })),
    toolChoice: choice?.type === "any" || choice?.type === "tool" ? "any" : choice?.type === "none" ? "none" : "auto",
    parallelToolCalls: choice?.disable_parallel_tool_use !== true,
    talksBeforeTools: choice === undefined || choice.type === "auto",
    toolResults: toolResultsOf(turns),
    format: format === null ? { kind: "text" } : { kind: "schema", schema: format.schema },
    reasoning:
      thinking?.type === "enabled"
        ? { maxTokens: Math.min(thinking.budget_tokens ?? 1024, MOST_BUDGET_TOKENS) }
        : thinking?.type === "adaptive"
          ? { maxTokens: effortTokens(request.output_config?.effort) }
          : null,
    image: null,
    maxTokens: request.max_tokens,
    stop: request.stop_sequences ?? [],
    seed: null,
    prompt: promptOf({ request, turns }),
    ...searchOf(request, textOf(lastUser?.blocks ?? [])),
  };
}

/** The API's own search of the web, which is offered as a tool. */
function searchOf({ tools }: ParsedAnthropicRequest["request"], query: string): Pick<Question, "search"> {
  const tool = tools?.find(({ type }) => /^web_search_\d{8}$/.test(type ?? ""));
  if (tool === undefined) return {};
  const include = domainsIn(tool.allowed_domains);
  return {
    search: {
      pages: playSearch({ query, count: 3, include, exclude: domainsIn(tool.blocked_domains) }),
      style: "sentences",
    },
  };
}

function domainsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((domain) => typeof domain === "string") : [];
}

function textOf(blocks: readonly AnthropicBlock[]): string {
  return blocks
    .map((block) => (block.type === "text" ? (block.text ?? "") : ""))
    .filter(Boolean)
    .join("\n");
}

function attachmentOf(block: AnthropicBlock): Attachment[] {
  const { source, title = null } = block;
  if (source === undefined || (block.type !== "image" && block.type !== "document")) return [];
  const kind = block.type === "image" ? "image" : "file";
  const mediaType = source.media_type ?? (kind === "image" ? "image/png" : "application/pdf");
  if (source.type === "base64") return [describeBase64(kind, mediaType, source.data ?? "", title)];
  if (source.type === "text" || source.type === "content") {
    const text = source.data ?? JSON.stringify(source.content ?? "");
    return [describeBase64("file", "text/plain", Buffer.from(text).toString("base64"), title)];
  }
  return [describeUrl(kind, source.url ?? source.file_id ?? "", title)];
}

/** Results count as news only while no text has followed them. */
function toolResultsOf(turns: readonly Turn[]): ToolResult[] {
  const last = turns.at(-1);
  if (last?.role !== "user") return [];
  const names = new Map(turns.flatMap((turn) => turn.blocks.map((block) => [block.id, block.name] as const)));
  return last.blocks
    .filter((block) => block.type === "tool_result")
    .map((block) => ({
      name: names.get(block.tool_use_id) ?? "tool",
      content: contentText(block.content),
      failed: block.is_error === true,
    }));
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (isRecord(part) && typeof part.text === "string" ? part.text : ""))
    .filter(Boolean)
    .join("\n");
}

/** Anthropic reads tools, then the system prompt, then the messages; each block can end a cached prefix. */
function promptOf({ request, turns }: ParsedAnthropicRequest): PromptSegment[] {
  const segments: PromptSegment[] = (request.tools ?? []).map(({ cache_control, ...tool }) => ({
    text: JSON.stringify(tool),
    extraTokens: FRAME_TOKENS,
    cacheTtl: ttlOf(cache_control),
  }));
  if (request.system !== undefined)
    segments.push(...blocksOf(request.system).map((block) => segmentOf(block, "system")));
  for (const turn of turns) segments.push(...turn.blocks.map((block) => segmentOf(block, turn.role)));
  const last = segments.at(-1);
  // A marker on the request itself stands for one on its last block.
  if (last !== undefined && request.cache_control) last.cacheTtl ??= ttlOf(request.cache_control);
  return segments;
}

function segmentOf(block: AnthropicBlock, role: string): PromptSegment {
  const [attachment] = attachmentOf(block);
  const inner =
    block.type === "text" || attachment !== undefined
      ? ""
      : JSON.stringify([block.name, block.input, block.content, block.thinking]);
  return {
    text: `${role}\n${block.text ?? ""}${inner}${attachment?.fingerprint ?? ""}`,
    extraTokens: FRAME_TOKENS + (attachment === undefined ? 0 : tokensOfAttachment(attachment)),
    cacheTtl: ttlOf(block.cache_control),
  };
}

function ttlOf(control: { ttl?: CacheTtl | undefined } | null | undefined): CacheTtl | null {
  return control == null ? null : (control.ttl ?? "5m");
}
