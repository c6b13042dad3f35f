import type { ChatDelta, FinishReason, Logprobs } from "./chat-completion";
import type { TaskResult } from "./task";

/**
 * Tokens of one generation by class. `promptTokens` and `completionTokens` are totals: the classes below them are parts
 * of them, never additions.
 */
export type TokenUsage = {
  promptTokens: number;
  completionTokens: number;
  /** Part of the prompt read from the provider's cache. */
  cachedTokens: number;
  /** Part of the prompt written to the provider's cache. */
  cacheWriteTokens: number;
  promptAudioTokens: number;
  promptVideoTokens: number;
  promptImageTokens: number;
  reasoningTokens: number;
  completionImageTokens: number;
  completionAudioTokens: number;
  /** How many requests the provider bills, where it bills other than one: Cohere's units of search. */
  requests?: number;
  /** Searches of the web that the provider made by itself, and bills. Absent: none. */
  searches?: number;
};

/**
 * One piece of an answer in the one internal shape: every provider becomes a stream of these, every public format is
 * rendered from them. Fields that are absent say nothing.
 */
export type ChatChunk = {
  delta?: ChatDelta;
  /** The whole of an answer that is no text: vectors, a ranking. */
  result?: TaskResult;
  logprobs?: Logprobs;
  finishReason?: FinishReason;
  /** The provider's own word for why it stopped. */
  nativeFinishReason?: string;
  /** The stop sequence that was reached, in the chunk of the finish reason, where the provider says which. */
  stopSequence?: string;
  /** Final counts; when several arrive the last one counts. */
  usage?: TokenUsage;
  /** The provider's id of the answer. */
  upstreamId?: string;
  systemFingerprint?: string;
  serviceTier?: string;
};

/**
 * Chunks as they come, in groups: one group holds what one network read brought. Groups and not single chunks, because
 * an await per chunk costs more than translating it (measured: burst streams spend half their time in promise jobs).
 */
export type ChatStream = AsyncIterable<readonly ChatChunk[]>;

export const NO_TOKENS: TokenUsage = {
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  promptAudioTokens: 0,
  promptVideoTokens: 0,
  promptImageTokens: 0,
  reasoningTokens: 0,
  completionImageTokens: 0,
  completionAudioTokens: 0,
};
