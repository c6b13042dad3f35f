import type { ChatModel } from "@/lib/schemas/chat-model";
import type { FileReference, RoomModel, RoomSettings } from "@/lib/schemas/chatroom";

/** Before sending: figures for reading, in USD, never for a bill. */
export type CostEstimate = { promptTokens: number; lowUsd: number; highUsd: number; models: number };

type EstimateParts = {
  models: readonly { room: RoomModel; fact: EstimatedModel }[];
  /** What is sent along of the conversation, see {@link guessTokens}: counted once and not at each key. */
  historyTokens?: number;
  /** All other text: system prompt and question. */
  texts: readonly string[];
  attachments: readonly FileReference[];
  settings: Pick<RoomSettings, "reasoning" | "image">;
};

export type EstimatedModel = Pick<ChatModel, "promptPrice" | "completionPrice" | "maxOutputTokens">;

// Characters a token of ordinary text. English prose has about 4.5, code and most European languages 3 to 4; letters of
// other scripts are a token each or nearly.
const CHARS_PER_TOKEN = 4;
/** How far the guess may be off, to either side. */
const GUESS_LOW = 0.7;
const GUESS_HIGH = 1.5;
const TOKENS_PER_MESSAGE = 4;

const ANSWER_TOKENS_LOW = 10;
// Most answers in a chat end within so many.
const ANSWER_TOKENS_HIGH = 1_500;
const REASONING_TOKENS_HIGH = 6_000;
const IMAGE_TOKENS_HIGH = 4_200;

const TOKENS_PER_IMAGE = 800;
const TOKENS_PER_PDF_PAGE = 1_200;
const PDF_BYTES_PER_PAGE = 60_000;
const AUDIO_BYTES_PER_TOKEN = 400;
const MILLION = 1_000_000;

/**
 * What asking all these models will cost, from the shortest answer to a long one. `undefined` while no model is asked.
 */
export function estimateCost({
  models,
  historyTokens = 0,
  texts,
  attachments,
  settings,
}: EstimateParts): CostEstimate | undefined {
  if (models.length === 0) return undefined;
  const text = texts.reduce((sum, one) => sum + guessTokens(one) + TOKENS_PER_MESSAGE, historyTokens);
  const media = attachments.reduce((sum, file) => sum + mediaTokensOf(file), 0);
  const promptTokens = Math.round(text + media);
  let lowUsd = 0;
  let highUsd = 0;
  for (const { room, fact } of models) {
    const limit = room.parameters.max_tokens ?? fact.maxOutputTokens ?? Number.POSITIVE_INFINITY;
    const thinks = settings.reasoning === "off" || settings.reasoning === "none" ? 0 : REASONING_TOKENS_HIGH;
    const longest = Math.min(limit, ANSWER_TOKENS_HIGH + thinks + (settings.image ? IMAGE_TOKENS_HIGH : 0));
    lowUsd += costOf(fact, promptTokens * GUESS_LOW, Math.min(limit, ANSWER_TOKENS_LOW));
    highUsd += costOf(fact, promptTokens * GUESS_HIGH, longest);
  }
  return { promptTokens, lowUsd, highUsd, models: models.length };
}

/** About how many tokens a text has. */
export function guessTokens(text: string): number {
  const wide =
    text.match(/[\u0900-\u0dff\u0e00-\u0eff\u1000-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return Math.ceil((text.length - wide) / CHARS_PER_TOKEN + wide);
}

/** A price below zero is one that is not known; such a model adds nothing to the guess. */
function costOf({ promptPrice, completionPrice }: EstimatedModel, prompt: number, completion: number): number {
  return (Math.max(0, promptPrice) * prompt + Math.max(0, completionPrice) * completion) / MILLION;
}

function mediaTokensOf({ kind, bytes, pages }: FileReference): number {
  switch (kind) {
    case "image":
      return TOKENS_PER_IMAGE;
    case "pdf":
      return (pages ?? Math.ceil(bytes / PDF_BYTES_PER_PAGE)) * TOKENS_PER_PDF_PAGE;
    case "audio":
      return bytes / AUDIO_BYTES_PER_TOKEN;
    case "text":
      return bytes / CHARS_PER_TOKEN;
  }
}
