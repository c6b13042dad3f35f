import { AppError, invalidField } from "@/lib/errors";
import type { ChatMessage, ChatRequest } from "@/lib/schemas/chat-request";
import { type MessagesRequest, type MessagesTool, messagesRequestSchema } from "@/lib/schemas/messages-request";
import { parseJsonObject } from "../../parse-chat-request";
import { parseInput } from "../../parse-input";
import { readBlocks } from "./read-blocks";
import { readTurns } from "./read-turns";

export type ReadMessages = {
  request: ChatRequest;
  /** The caller wants the signatures of the reasoning, and not its text. */
  omitsThinking: boolean;
  /** The stop sequences of the request. */
  stops: readonly string[];
};

/**
 * Reads the body of `POST /messages`.
 *
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function readMessages(body: Uint8Array): ReadMessages {
  const parsed = parseInput(messagesRequestSchema, parseJsonObject(body));
  checkThread(parsed);
  checkToolChoice(parsed);
  return {
    request: {
      ...sharedFields(parsed),
      ...toolFields(parsed),
      ...reasoningFields(parsed),
      messages: [...systemMessage(parsed.system), ...readTurns(parsed.messages)],
    },
    omitsThinking: omitsThinking(parsed),
    stops: parsed.stop_sequences ?? [],
  };
}

/** Fields of ours under their own names, and those that only have another name. */
function sharedFields(parsed: MessagesRequest): Omit<ChatRequest, "messages"> {
  const { models, fallbacks, user, metadata, stop_sequences: stop } = parsed;
  const format = parsed.output_config?.format ?? parsed.output_format;
  const others = models ?? fallbacks?.map(({ model }) => model);
  const endUser = user ?? metadata?.user_id;
  return {
    model: parsed.model,
    route: parsed.route,
    preset: parsed.preset,
    provider: parsed.provider,
    plugins: parsed.plugins,
    transforms: parsed.transforms,
    session_id: parsed.session_id,
    trace: parsed.trace,
    stream: parsed.stream,
    max_tokens: parsed.max_tokens,
    temperature: parsed.temperature,
    top_p: parsed.top_p,
    top_k: parsed.top_k,
    cache_control: parsed.cache_control,
    ...(others == null ? {} : { models: others }),
    ...(endUser == null ? {} : { user: endUser }),
    ...(stop == null ? {} : { stop }),
    ...serviceTier(parsed.service_tier),
    ...(format == null
      ? {}
      : {
          response_format: {
            type: "json_schema",
            json_schema: { name: "answer", schema: format.schema, strict: true },
          },
        }),
  };
}

/** What there is no word of ours for is the provider's own affair, and left to it. */
function serviceTier(tier: MessagesRequest["service_tier"]): Pick<ChatRequest, "service_tier"> {
  if (tier === "auto") return { service_tier: "auto" };
  return tier === "standard_only" ? { service_tier: "default" } : {};
}

function systemMessage(system: MessagesRequest["system"]): ChatMessage[] {
  if (system == null || system.length === 0) return [];
  return [{ role: "system", content: typeof system === "string" ? system : readBlocks(system) }];
}

type CustomTool = Extract<MessagesTool, { input_schema: unknown }>;

function isCustom(tool: MessagesTool): tool is CustomTool {
  return tool.type == null || tool.type === "custom";
}

function toolFields({ tools, tool_choice: choice }: MessagesRequest): Partial<ChatRequest> {
  const fields: Partial<ChatRequest> = {};
  if (tools != null) fields.tools = tools.map(toolOf);
  switch (choice?.type) {
    case undefined:
      return fields;
    case "none":
      return { ...fields, tool_choice: "none" };
    case "auto":
    case "any":
      fields.tool_choice = choice.type === "any" ? "required" : "auto";
      break;
    case "tool":
      fields.tool_choice = { type: "function", function: { name: choice.name } };
      break;
  }
  if (choice.disable_parallel_tool_use === true) fields.parallel_tool_calls = false;
  return fields;
}

function toolOf(tool: MessagesTool): NonNullable<ChatRequest["tools"]>[number] {
  if (!isCustom(tool)) return tool;
  const { name, description, input_schema: parameters, strict, cache_control: mark } = tool;
  return {
    type: "function",
    function: {
      name,
      ...(description == null ? {} : { description }),
      parameters,
      ...(strict == null ? {} : { strict }),
    },
    ...(mark == null ? {} : { cache_control: mark }),
  };
}

/**
 * Conversations are not kept here. The vendor's own tool runner asks for one first and goes on without when it reads
 * this code. Source: the npm package @anthropic-ai/sdk 1.11.0, lib/internal/threads/ThreadState.ts, read 2026-11-21.
 */
function checkThread({ thread }: MessagesRequest): void {
  if (thread == null) return;
  throw new AppError("invalid_request", "thread: conversations are not kept; send all messages without it", {
    metadata: { field: "thread", details: { error_code: "thread_unsupported_request", unsupported: null } },
  });
}

function checkToolChoice({ tools, tool_choice: choice }: MessagesRequest): void {
  if (choice?.type === "tool" && tools?.some(({ name }) => name === choice.name) !== true)
    throw invalidField("tool_choice.name", `no tool is named "${choice.name}"`);
  if (choice?.type === "any" && (tools == null || tools.length === 0))
    throw invalidField("tool_choice", '"any" needs tools');
}

function omitsThinking({ thinking }: MessagesRequest): boolean {
  return thinking != null && thinking.type !== "disabled" && thinking.display === "omitted";
}

/**
 * An effort is a wish about reasoning where the caller lets the model think as it likes, and one about the answer's
 * length otherwise: Anthropic has one dial for both.
 */
function reasoningFields(parsed: MessagesRequest): Partial<ChatRequest> {
  const { thinking, output_config: config } = parsed;
  const effort = config?.effort ?? undefined;
  const exclude = omitsThinking(parsed) ? { exclude: true } : {};
  const verbosity = effort === undefined ? {} : { verbosity: effort };
  switch (thinking?.type) {
    case undefined:
      return verbosity;
    case "disabled":
      return { reasoning: { enabled: false }, ...verbosity };
    case "enabled":
      return { reasoning: { enabled: true, max_tokens: thinking.budget_tokens, ...exclude }, ...verbosity };
    case "adaptive":
      return { reasoning: { enabled: true, ...(effort === undefined ? {} : { effort }), ...exclude } };
  }
}
