import { z } from "zod";
import { anthropicRefusal } from "@/lib/sandbox/anthropic-failures";
import { firstIssue, type LocatedIssue } from "@/lib/sandbox/first-issue";
import { valueAt } from "@/lib/sandbox/json-value";
import { measureImage } from "@/lib/sandbox/measure-image";
import { isSealed, signReasoning } from "@/lib/sandbox/signatures";
import type { Call } from "@/lib/sandbox/wire";

const cacheControlSchema = z
  .looseObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() })
  .nullish();
const sourceSchema = z.looseObject({
  type: z.string(),
  media_type: z.string().optional(),
  data: z.string().optional(),
  url: z.string().optional(),
  file_id: z.string().optional(),
  content: z.unknown().optional(),
});
const blockSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  source: sourceSchema.optional(),
  title: z.string().nullish(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  tool_use_id: z.string().optional(),
  content: z.unknown().optional(),
  is_error: z.boolean().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
  data: z.string().optional(),
  cache_control: cacheControlSchema,
});
const messageSchema = z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(blockSchema)]) });
const toolSchema = z.looseObject({
  name: z.string(),
  type: z.string().nullish(),
  description: z.string().optional(),
  input_schema: z.looseObject({}).optional(),
  cache_control: cacheControlSchema,
});
const outputFormatSchema = z.looseObject({ type: z.literal("json_schema"), schema: z.unknown().optional() });

// Anthropic refuses fields it does not know. The list is MessageCreateParams of `@anthropic-ai/sdk` 1.11, its beta
// included, and what Bedrock and Vertex add.
const requestSchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(0),
  messages: z.array(messageSchema),
  system: z.union([z.string(), z.array(blockSchema)]).optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
  stop_sequences: z.array(z.string()).optional(),
  tools: z.array(toolSchema).optional(),
  tool_choice: z
    .looseObject({
      type: z.enum(["auto", "any", "tool", "none"]),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: z
    .looseObject({
      type: z.enum(["enabled", "disabled", "adaptive", "between_tools"]),
      budget_tokens: z.int().min(1024).optional(),
      display: z.enum(["summarized", "omitted"]).nullish(),
    })
    .optional(),
  output_config: z.looseObject({ effort: z.string().nullish(), format: outputFormatSchema.nullish() }).optional(),
  output_format: outputFormatSchema.nullish(),
  cache_control: cacheControlSchema,
  metadata: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  container: z.unknown().optional(),
  context_management: z.unknown().optional(),
  mcp_servers: z.unknown().optional(),
  inference_geo: z.unknown().optional(),
  speed: z.unknown().optional(),
  fallbacks: z.unknown().optional(),
  diagnostics: z.unknown().optional(),
  user_profile_id: z.unknown().optional(),
  anthropic_version: z.unknown().optional(),
  anthropic_beta: z.unknown().optional(),
});
export type AnthropicRequest = z.infer<typeof requestSchema>;
export type AnthropicBlock = z.infer<typeof blockSchema>;
/** A turn: neighbouring messages of one role, joined. */
export type Turn = { role: "user" | "assistant"; blocks: AnthropicBlock[]; firstMessage: number };

export type ParsedAnthropicRequest = { request: AnthropicRequest; turns: Turn[] };

/** @throws WireRefusal with Anthropic's wording */
export function parseAnthropicRequest(body: unknown, call: Call): ParsedAnthropicRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw refusalOf(firstIssue(parsed.error), body, call);
  const request = parsed.data;
  if (request.messages.length === 0) throw anthropicRefusal("messages: at least one message is required", call);
  const turns = turnsOf(request, call);
  checkContents(request, call);
  checkToolPairs(turns, call);
  checkThinking(request, turns, call);
  return { request, turns };
}

/** A message's content as blocks. */
export function blocksOf(content: string | readonly AnthropicBlock[]): AnthropicBlock[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : [...content];
}

// Consecutive messages of one role are one turn, so they need not alternate.
// Source: `@anthropic-ai/sdk` 1.11, MessageCreateParamsBase.messages.
function turnsOf(request: AnthropicRequest, call: Call): Turn[] {
  const turns: Turn[] = [];
  request.messages.forEach(({ role, content }, index) => {
    if (role === "system") {
      throw anthropicRefusal(
        'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
        call,
      );
    }
    if (role !== "user" && role !== "assistant") {
      throw anthropicRefusal(`messages: Unexpected role "${role}". Allowed roles are "user" or "assistant"`, call);
    }
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocksOf(content));
    else turns.push({ role, blocks: blocksOf(content), firstMessage: index });
  });
  if (turns[0]?.role !== "user") throw anthropicRefusal('messages: first message must use the "user" role', call);
  return turns;
}

function checkContents(request: AnthropicRequest, call: Call): void {
  request.messages.forEach(({ role, content }, index) => {
    const isLast = index === request.messages.length - 1;
    if (content.length === 0 && !(role === "assistant" && isLast)) {
      throw anthropicRefusal(
        `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
        call,
      );
    }
    blocksOf(content).forEach((block, at) => {
      checkBlock(block, `messages.${index}.content.${at}`, typeof content !== "string", call);
    });
  });
}

function checkBlock(block: AnthropicBlock, where: string, isBlock: boolean, call: Call): void {
  if (block.type === "text" && isBlock && (block.text ?? "") === "") {
    throw anthropicRefusal("messages: text content blocks must be non-empty", call);
  }
  const { source } = block;
  if (block.type === "image" && source?.type === "base64") {
    const seen = measureImage(Buffer.from((source.data ?? "").slice(0, 4000), "base64"))?.mediaType;
    if (seen !== undefined && seen !== source.media_type) {
      throw anthropicRefusal(
        `${where}.image.source.base64: The image was specified using the ${source.media_type} media type, but the image appears to be a ${seen} image`,
        call,
      );
    }
  }
  // Reasoning comes back exactly as it was signed, or not at all.
  // Source: github.com/anthropics/anthropic-sdk-python/issues/1598, read 2026-11-21.
  if (block.type === "thinking" && !isSigned(block)) {
    throw anthropicRefusal(`${where}: Invalid \`signature\` in \`thinking\` block`, call);
  }
  if (block.type === "redacted_thinking" && !isSealed("anthropic", block.data ?? "")) {
    throw anthropicRefusal(`${where}: Invalid \`data\` in \`redacted_thinking\` block`, call);
  }
}

/** With its text omitted by request a block is known by its seal alone. */
function isSigned({ thinking = "", signature = "" }: AnthropicBlock): boolean {
  return thinking === "" ? isSealed("anthropic", signature) : signature === signReasoning("anthropic", thinking);
}

function checkToolPairs(turns: readonly Turn[], call: Call): void {
  turns.forEach((turn, index) => {
    if (turn.role === "assistant") {
      const answered = new Set((turns[index + 1]?.blocks ?? []).map((block) => block.tool_use_id));
      const open = idsOf(turn).filter((id) => !answered.has(id));
      if (open.length > 0) {
        throw anthropicRefusal(
          `messages.${turn.firstMessage}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
          call,
        );
      }
      return;
    }
    const asked = new Set(idsOf(turns[index - 1]));
    turn.blocks.forEach((block, at) => {
      if (block.type !== "tool_result" || asked.has(block.tool_use_id ?? "")) return;
      throw anthropicRefusal(
        `messages.${turn.firstMessage}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${block.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
        call,
      );
    });
  });
}

function idsOf(turn: Turn | undefined): string[] {
  return (turn?.blocks ?? []).flatMap((block) =>
    block.type === "tool_use" && block.id !== undefined ? [block.id] : [],
  );
}

function checkThinking(request: AnthropicRequest, turns: readonly Turn[], call: Call): void {
  const { thinking } = request;
  if (thinking?.type !== "enabled") return;
  if (thinking.budget_tokens === undefined)
    throw anthropicRefusal("thinking.enabled.budget_tokens: Field required", call);
  if (thinking.budget_tokens >= request.max_tokens) {
    throw anthropicRefusal("`max_tokens` must be greater than `thinking.budget_tokens`.", call);
  }
  if (request.temperature !== undefined && request.temperature !== 1) {
    throw anthropicRefusal("`temperature` may only be set to 1 when thinking is enabled.", call);
  }
  if (request.tool_choice?.type === "any" || request.tool_choice?.type === "tool") {
    throw anthropicRefusal("Thinking may not be enabled when tool_choice forces tool use.", call);
  }
  // Wording: github.com/lbjlaq/Antigravity-Manager/issues/139, read 2026-11-21.
  const last = turns.findLastIndex((turn) => turn.role === "assistant");
  const turn = turns[last];
  const first = turn?.blocks[0]?.type;
  if (turn !== undefined && idsOf(turn).length > 0 && first !== "thinking" && first !== "redacted_thinking") {
    throw anthropicRefusal(
      `messages.${turn.firstMessage}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable \`thinking\`.`,
      call,
    );
  }
}

function refusalOf({ issue, path }: LocatedIssue, body: unknown, call: Call) {
  const where = path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return anthropicRefusal(
      `${[where, issue.keys[0]].filter(Boolean).join(".")}: Extra inputs are not permitted`,
      call,
    );
  }
  if (valueAt(body, path) === undefined) return anthropicRefusal(`${where || "body"}: Field required`, call);
  if (issue.code === "too_small" && issue.origin !== "string") {
    return anthropicRefusal(`${where}: Input should be greater than or equal to ${String(issue.minimum)}`, call);
  }
  if (issue.code === "too_big") {
    return anthropicRefusal(`${where}: Input should be less than or equal to ${String(issue.maximum)}`, call);
  }
  if (issue.code === "invalid_value") {
    return anthropicRefusal(
      `${where}: Input should be ${issue.values.map((value) => `'${String(value)}'`).join(" or ")}`,
      call,
    );
  }
  const expected = issue.code === "invalid_type" ? issue.expected : "one of the documented shapes";
  return anthropicRefusal(`${where || "body"}: Input should be a valid ${expected}`, call);
}
