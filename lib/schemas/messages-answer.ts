// What `POST /messages` answers. Sources: types of the npm package @anthropic-ai/sdk 1.11.0 and OpenRouter's OpenAPI
// document of 2026-08-22, MessagesResult and MessagesStreamEvents, read 2026-11-21.

export type CitationOfWeb = {
  type: "web_search_result_location";
  url: string;
  title: string | null;
  cited_text: string;
  encrypted_index: string;
};

export type AnswerBlock =
  | { type: "text"; text: string; citations: CitationOfWeb[] | null }
  | { type: "thinking"; thinking: string; signature: string }
  | { type: "redacted_thinking"; data: string }
  | { type: "tool_use"; id: string; name: string; input: unknown; caller: { type: "direct" } };

export type AnswerBlockDelta =
  | { type: "text_delta"; text: string }
  | { type: "thinking_delta"; thinking: string }
  | { type: "signature_delta"; signature: string }
  | { type: "input_json_delta"; partial_json: string }
  | { type: "citations_delta"; citation: CitationOfWeb };

export type BlockEvent =
  | { type: "content_block_start"; index: number; content_block: AnswerBlock }
  | { type: "content_block_delta"; index: number; delta: AnswerBlockDelta }
  | { type: "content_block_stop"; index: number };

export type StopReason =
  | "end_turn"
  | "max_tokens"
  | "stop_sequence"
  | "tool_use"
  | "pause_turn"
  | "refusal"
  | "model_context_window_exceeded";
