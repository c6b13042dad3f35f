import type { NanoUsd } from "@/lib/money";
import { parserSettingsOf } from "@/lib/plugins/file-parser/parser-settings";
import type { RouteNeeds } from "@/lib/routing/types";
import { type ChatRequest, LISTED_PARAMETERS } from "@/lib/schemas/chat-request";
import type { SearchWish } from "@/lib/schemas/web-search";
import { addPart, fileTokensOf, imageTokensOf, newPartTally } from "./media-tokens";
import type { TokenCounter } from "./token-counter";

export type PromptNeeds = RouteNeeds & {
  /** What the prompt may have at most, for the credit that is held; generous where {@link RouteNeeds} is likely. */
  promptTokensBound: number;
  /** The part of that which is not text, but surely there: pictures, sound, documents, framing. */
  extraTokensBound: number;
  /** What reasoning may add to the answer beyond the caller's limit, where an adapter makes room for it. */
  reasoningTokensBound: number;
  /** What we may buy for it ourselves, whoever answers: pages read by OCR. Absent: nothing. */
  ownCostBound?: NanoUsd;
  /** What counted the prompt, where it was near a limit, and knows the counts of its parts. */
  counter?: TokenCounter;
  /** How many requests a provider may bill. Absent: one. */
  requestsBound?: number;
  /** What is asked of web search. Absent: nothing. */
  search?: SearchWish;
};

// English has about four bytes a token, in the tokenizers of the large providers; the exact count is not needed before
// the answer, and costs a hundred times as much. None of them needs more than one token for a byte.
const BYTES_PER_TOKEN = 4;
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_MESSAGE_BOUND = 16;
// Instructions that some providers put before every prompt, and count. Anthropic's for tools have 346 tokens (source:
// platform.claude.com/docs/en/agents-and-tools/tool-use, as known in 2026-11); nobody says how long the others are.
const HIDDEN_TOKENS_BOUND = 1_000;
const TOKENS_FOR_TOOLS_BOUND = 400;
/** The least that adapters let a model reason with when it is to. */
const LEAST_REASONING_TOKENS = 1_024;
// The largest charge known for a picture.
const TOKENS_PER_IMAGE_BOUND = 3_000;

/** Request fields that are parameters of the model, as the endpoints' lists name them. */
const PARAMETERS = [
  ...LISTED_PARAMETERS,
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "structured_outputs",
  "reasoning",
  "include_reasoning",
] as const;

/** What a request needs of an endpoint, and how many tokens its prompt has, roughly and at most. */
export function needsOf(request: ChatRequest): PromptNeeds {
  const tally = newPartTally();
  for (const message of request.messages) {
    const { content } = message;
    if (typeof content === "string") tally.textBytes += Buffer.byteLength(content);
    else for (const part of content ?? []) addPart(part, tally);
    if (message.role === "assistant") {
      for (const call of message.tool_calls ?? []) {
        tally.textBytes += Buffer.byteLength(call.function.name) + Buffer.byteLength(call.function.arguments);
      }
      if (typeof message.reasoning === "string") tally.textBytes += Buffer.byteLength(message.reasoning);
      if (isSet(message.reasoning_details)) tally.textBytes += jsonBytes(message.reasoning_details);
    }
  }
  const hasTools = (request.tools?.length ?? 0) > 0;
  if (hasTools) tally.textBytes += jsonBytes(request.tools);
  if (request.response_format?.type === "json_schema") tally.textBytes += jsonBytes(request.response_format);

  const fileTokens = fileTokensOf(tally);
  const messages = request.messages.length;
  const extraTokensBound =
    (hasTools ? TOKENS_FOR_TOOLS_BOUND : 0) +
    TOKENS_PER_MESSAGE_BOUND * messages +
    TOKENS_PER_IMAGE_BOUND * tally.images +
    2 * fileTokens;
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens ?? undefined;
  return {
    promptTokens:
      Math.ceil(tally.textBytes / BYTES_PER_TOKEN) + TOKENS_PER_MESSAGE * messages + imageTokensOf(tally) + fileTokens,
    promptTokensBound: tally.textBytes + extraTokensBound + HIDDEN_TOKENS_BOUND,
    extraTokensBound,
    reasoningTokensBound: reasoningBound(request, maxOutputTokens),
    maxOutputTokens,
    maxOutputField: request.max_completion_tokens == null ? "max_tokens" : "max_completion_tokens",
    tools: hasTools || request.tool_choice != null,
    jsonSchema: request.response_format?.type === "json_schema",
    inputModalities: [...tally.modalities],
    ...(tally.modalities.has("file") && isNativeOnly(request) ? { nativeFiles: true } : {}),
    videoAddresses: [...tally.videoAddresses],
    outputModalities: (request.modalities ?? []).flatMap((kind) => (kind === "text" ? [] : kind)),
    parameters: PARAMETERS.filter((name) => isSet(request[name])),
  };
}

/** Adapters raise a limit that is smaller than what the model is to reason with. Each level is a share of the limit. */
function reasoningBound(request: ChatRequest, maxOutputTokens: number | undefined): number {
  const { reasoning, reasoning_effort: effort } = request;
  if (maxOutputTokens === undefined || (reasoning == null && effort == null)) return 0;
  return Math.max(LEAST_REASONING_TOKENS, maxOutputTokens, reasoning?.max_tokens ?? 0);
}

/** The request will have its files read by the provider and by nobody else. */
function isNativeOnly(request: ChatRequest): boolean {
  const { engine, isOff } = parserSettingsOf(request);
  return isOff || engine === "native";
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
