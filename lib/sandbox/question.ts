import type { PlayedPage } from "@/lib/sandbox/play-search";

/** Something that arrived beside the text. */
export type Attachment = {
  kind: "image" | "audio" | "video" | "file";
  mediaType: string;
  /** `null` when only an address or an id arrived: the sandbox fetches nothing. */
  sizeBytes: number | null;
  /** Pixels, where the bytes of an image say so. */
  size: { widthPx: number; heightPx: number } | null;
  name: string | null;
  /** Short and equal for equal content; stands for the content in the prompt cache. */
  fingerprint: string;
};

export type ToolOffer = { name: string; description: string; schema: unknown };
export type ToolResult = { name: string; content: string; failed: boolean };

/** Where a model reads on from cached work: the end of a segment marked with a lifetime. */
export type CacheTtl = "5m" | "1h";

/** A piece of the prompt in reading order; what the sandbox counts and caches. */
export type PromptSegment = {
  text: string;
  /** Tokens beside the text's own: attachments, and the frame around a message. */
  extraTokens: number;
  /** Set where the client asked for a cache breakpoint after this segment. */
  cacheTtl: CacheTtl | null;
};

export type OutputFormat = { kind: "text" } | { kind: "json" } | { kind: "schema"; schema: unknown };

/** One request, whichever wire it came over. */
export type Question = {
  provider: string;
  model: string;
  system: string;
  /** The text of the last user message. */
  userText: string;
  /** The beginning of the answer that the client wrote itself (Anthropic's prefill); empty otherwise. */
  prefill: string;
  userTurns: number;
  /** Those of the last user message. */
  attachments: readonly Attachment[];
  /** Only the tools that may be called: a named choice leaves one. */
  tools: readonly ToolOffer[];
  toolChoice: "auto" | "none" | "any";
  parallelToolCalls: boolean;
  /** Whether a sentence precedes the calls, as Claude does. */
  talksBeforeTools: boolean;
  /** Results that arrived after the last answer. */
  toolResults: readonly ToolResult[];
  format: OutputFormat;
  /** `null`: no reasoning was asked for. */
  reasoning: { maxTokens: number } | null;
  /** `null`: no image was asked for. */
  image: { aspectRatio: string } | null;
  /** `null`: the client set no limit. */
  maxTokens: number | null;
  stop: readonly string[];
  seed: number | null;
  prompt: readonly PromptSegment[];
  /** What the provider searched and found for it. Absent: it was not to search. */
  search?: PlayedSearch;
};

/** `links`: cited by links in the text; `marks`: by numbers such as [1]; `sentences`: each on a sentence of its own. */
export type PlayedSearch = { pages: readonly PlayedPage[]; style: "links" | "marks" | "sentences" };

export type AnswerPart =
  | { kind: "reasoning"; text: string }
  /** `page`: what it cites. */
  | { kind: "text"; text: string; page?: PlayedPage }
  | { kind: "image"; mediaType: "image/png"; base64: string }
  | { kind: "toolCall"; name: string; arguments: Readonly<Record<string, unknown>> };

/** What the sandbox will say, before any wire format. */
export type Answer = {
  parts: readonly AnswerPart[];
  finish: "stop" | "length" | "stopSequence" | "toolCalls" | "refused";
  /** The one that was met when `finish` is `stopSequence`. */
  stopSequence: string | null;
  /** All of them: reasoning, text, calls and images. */
  completionTokens: number;
  reasoningTokens: number;
  imageTokens: number;
};

/** What the answer cost, in the sandbox's own tokens. */
export type Usage = {
  /** The whole prompt, cached tokens included. */
  promptTokens: number;
  cachedTokens: number;
  /** Written to the cache by this request, by lifetime; always 0 where caching is automatic. */
  cacheWriteTokens: Readonly<Record<CacheTtl, number>>;
  completionTokens: number;
  reasoningTokens: number;
  imageTokens: number;
};
