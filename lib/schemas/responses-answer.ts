// What `POST /responses` answers. Sources: types of the npm package openai 7.55.0 and OpenRouter's OpenAPI document of
// 2026-08-22, OpenResponsesResult and StreamEvents, read 2026-11-21.

export type ItemStatus = "in_progress" | "completed" | "incomplete";

export type TokenLogprob = {
  token: string;
  logprob: number;
  bytes: number[];
  top_logprobs: { token: string; logprob: number; bytes: number[] }[];
};

export type UrlCitation = { type: "url_citation"; url: string; title: string; start_index: number; end_index: number };

export type OutputPart =
  | { type: "output_text"; text: string; annotations: UrlCitation[]; logprobs: TokenLogprob[] }
  | { type: "refusal"; refusal: string };

export type OutputItem =
  | { type: "message"; id: string; role: "assistant"; status: ItemStatus; content: OutputPart[] }
  | {
      type: "reasoning";
      id: string;
      status: ItemStatus;
      summary: { type: "summary_text"; text: string }[];
      content?: { type: "reasoning_text"; text: string }[];
      encrypted_content?: string;
      signature?: string;
      format?: string;
    }
  | { type: "function_call"; id: string; call_id: string; name: string; arguments: string; status: ItemStatus }
  | { type: "custom_tool_call"; id: string; call_id: string; name: string; input: string; status: ItemStatus }
  | { type: "image_generation_call"; id: string; status: "in_progress" | "completed"; result: string | null };

/** An event without its number in the stream. */
export type ItemEvent = { type: `response.${string}`; output_index: number } & Record<string, unknown>;
