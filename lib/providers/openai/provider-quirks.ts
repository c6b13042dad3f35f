import type { JsonRecord } from "../json";
import type { MediaKind } from "../types";

/** How one provider's dialect of the OpenAI protocol differs from the plainest one. */
export type ProviderQuirks = {
  /** Name of the output limit. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
  /**
   * How the wish to reason is said: `reasoning_effort`, a `reasoning` object, `thinking: {type}` with
   * `reasoning_effort` beside it, or `enable_thinking` with `thinking_budget`.
   */
  reasoning: "effort" | "object" | "thinking" | "enable_thinking";
  /**
   * In what form an assistant message may bring earlier reasoning back: as text, in details with their signatures (as
   * text under `reasoning` where there are none), or as a part of the content. Elsewhere it is taken out.
   */
  replay: "reasoning_content" | "reasoning_details" | "thinking" | undefined;
  /** Knows the role `developer`; elsewhere those messages become system messages. */
  developerRole: boolean;
  /** Knows `cache_control` marks. */
  cacheControl: boolean;
  /** Takes `metadata`. */
  metadata: boolean;
  /** Wants `stream_options` to report usage in a stream; the others always do and refuse the field. */
  streamOptions: boolean;
  /** Takes content only as a string; several text parts are joined. */
  stringContent: boolean;
  /** What it opens by address; what is not here it takes only as bytes. */
  opens: readonly MediaKind[];
  /** Knows `include_reasoning` and `reasoning_format`, and says `default` for reasoning without a level. */
  reasoningFormat: boolean;
  /** Takes pictures and files in the results of calls. */
  resultMedia: boolean;
  /** Takes `name` in messages other than results. */
  messageNames: boolean;
  /** Wants the sides of a conversation to alternate: what one side says twice in a row is joined. */
  alternates: boolean;
  /** Takes ids of calls only as nine letters and digits. */
  shortCallIds: boolean;
  /** Wants to be told that the last message is the start of the answer. */
  prefixField: boolean;
  /** Writes sound and documents as parts of other forms: bare base64, `document_url`. */
  ownMediaParts: boolean;
  /** Can be forced to call; elsewhere only the model decides. */
  forcesCalls: boolean;
  /** Service tiers that it knows; `undefined` where nothing is known. */
  serviceTiers: readonly string[] | undefined;
  /** Sent with every request. */
  always: JsonRecord;
  /** Parameters that it calls otherwise. */
  renamed: Readonly<Record<string, string>>;
  /** Parameters that it answers with an error, beyond what the endpoint's own list says. */
  refused: readonly string[];
  /** The same, for models that reason. */
  refusedWhenReasoning: readonly string[];
};
