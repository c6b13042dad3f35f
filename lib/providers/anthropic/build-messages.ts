import { invalidField } from "@/lib/errors";
import type { AssistantMessage, ChatMessage, ReasoningDetail, ToolCall } from "@/lib/schemas/chat-request";
import { assistantTextOf, partsOf } from "../content";
import { isRecord, type JsonRecord, parseJson } from "../json";
import { appendTurn, endsInPrefill, type Turn, trimPrefill } from "../turns";
import { buildBlocks, buildTextBlocks, cacheMarkOf } from "./build-blocks";

/** Marks reasoning that came from this protocol, and may go back by it. */
export const REASONING_FORMAT = "anthropic-claude-v1";

export type Conversation = {
  system: readonly JsonRecord[];
  messages: readonly Turn[];
  /** Names of the functions called so far, in the order of their first call. */
  calledFunctions: readonly string[];
  /** The conversation ends with the start of the answer. */
  isPrefill: boolean;
  /** The model is in the middle of a turn with tools, and the turn does not start with its thinking. */
  continuesWithoutThinking: boolean;
};

// A user turn for conversations that lack the one the API insists on. Any text would do; this one asks for nothing.
const PLACEHOLDER: JsonRecord = { type: "text", text: "." };

/**
 * The messages as system blocks and alternating turns.
 * @param dropped collects the names of what had to be taken out
 * @throws AppError `invalid_request` naming the field that cannot be said in this protocol
 */
export function buildConversation(messages: readonly ChatMessage[], dropped: Set<string>): Conversation {
  const system: JsonRecord[] = [];
  const turns: Turn[] = [];
  const calledFunctions = new Set<string>();

  messages.forEach((message, index) => {
    const field = `messages[${index}]`;
    switch (message.role) {
      case "system":
      case "developer":
        if (partsOf(message.content).some((part) => part.type !== "text")) {
          throw invalidField(`${field}.content`, "this provider takes only text in system messages");
        }
        system.push(...buildTextBlocks(message.content));
        break;
      case "user":
        appendTurn(turns, "user", buildBlocks(message.content, `${field}.content`));
        break;
      case "assistant":
        appendTurn(turns, "assistant", assistantBlocks(message, field, dropped));
        for (const call of message.tool_calls ?? []) calledFunctions.add(call.function.name);
        break;
      case "tool":
        appendTurn(turns, "user", [toolResult(message, `${field}.content`)]);
        break;
    }
  });

  trimPrefill(turns);
  return {
    system: turns.length === 0 ? [] : system,
    messages: withUserTurn(turns, system),
    calledFunctions: [...calledFunctions],
    isPrefill: endsInPrefill(turns),
    continuesWithoutThinking: continuesWithoutThinking(turns),
  };
}

function assistantBlocks(message: AssistantMessage, field: string, dropped: Set<string>): readonly JsonRecord[] {
  const details = message.reasoning_details ?? [];
  const thinking = details.flatMap(thinkingBlock);
  // Lost is only what another provider signed: unsigned text is worth nothing to any of them.
  if (details.some(({ data, signature, format }) => (data || signature) && format !== REASONING_FORMAT)) {
    dropped.add("reasoning_details");
  }
  const text = buildTextBlocks(message.content ?? assistantTextOf(message));
  const calls = (message.tool_calls ?? []).map((call, index) => toolUse(call, `${field}.tool_calls[${index}]`));
  return [...thinking, ...text, ...calls];
}

/** Signed reasoning goes back exactly as it came: a changed block is answered with 400. */
function thinkingBlock({ type, text, data, signature, format }: ReasoningDetail): readonly JsonRecord[] {
  if (format != null && format !== REASONING_FORMAT) return [];
  if (type === "reasoning.text" && signature) return [{ type: "thinking", thinking: text ?? "", signature }];
  // Encrypted reasoning of an unknown maker could be anybody's, so here the mark is required.
  if (type === "reasoning.encrypted" && data && format === REASONING_FORMAT)
    return [{ type: "redacted_thinking", data }];
  return [];
}

function toolUse(call: ToolCall, field: string): JsonRecord {
  const text = call.function.arguments;
  const input = text.trim() === "" ? {} : parseJson(text);
  if (!isRecord(input)) throw invalidField(`${field}.function.arguments`, "must be a JSON object");
  return { type: "tool_use", id: wireId(call.id), name: call.function.name, input, ...cacheMarkOf(call) };
}

function toolResult(message: Extract<ChatMessage, { role: "tool" }>, field: string): JsonRecord {
  const blocks = buildBlocks(message.content, field);
  const isPlain = typeof message.content === "string";
  const content = blocks.length === 0 ? {} : { content: isPlain ? message.content : blocks };
  const failed = message.is_error === true ? { is_error: true } : {};
  return {
    type: "tool_result",
    tool_use_id: wireId(message.tool_call_id),
    ...content,
    ...failed,
    ...cacheMarkOf(message),
  };
}

/** Ids made by other providers may hold dots and colons, which this API refuses. Calls and results change alike. */
function wireId(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, "_") || "call";
}

function withUserTurn(turns: readonly Turn[], system: readonly JsonRecord[]): readonly Turn[] {
  const [first] = turns;
  // The API needs a turn; instructions alone are then the question.
  if (first === undefined) {
    if (system.length === 0) throw invalidField("messages", "must hold some text for this provider");
    return [{ role: "user", content: [...system] }];
  }
  // A conversation opened by the assistant, as in role play, needs a user turn before it.
  return first.role === "user" ? turns : [{ role: "user", content: [PLACEHOLDER] }, ...turns];
}

function continuesWithoutThinking(turns: readonly Turn[]): boolean {
  const results = turns.at(-1)?.content.some(({ type }) => type === "tool_result") ?? false;
  const start = turns.at(-2)?.content[0]?.type;
  return results && start !== "thinking" && start !== "redacted_thinking";
}
