import type { RouteNeeds } from "@/lib/routing/types";
import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

export type PromptNeeds = RouteNeeds & {
  /** What the prompt may have at most, for the credit that is held; generous where {@link RouteNeeds} is likely. */
  promptTokensBound: number;
};

// English has about four bytes a token and dense scripts about two, in the tokenizers of the large providers; the exact
// count is not needed before the answer, and costs a hundred times as much.
const BYTES_PER_TOKEN = 4;
const FEWEST_BYTES_PER_TOKEN = 2;
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_MESSAGE_BOUND = 16;
// Pictures: a tile or two of the usual sizes, and the largest charge known for one.
const TOKENS_PER_IMAGE = 800;
const TOKENS_PER_IMAGE_BOUND = 3_000;
// Base64 bytes a token of sound, film and documents, so that a small file holds little credit and a large one much.
const MEDIA_BYTES_PER_TOKEN = 400;

/** Request fields that are parameters of the model, as the endpoints' lists name them. */
const PARAMETERS = [
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "top_a",
  "frequency_penalty",
  "presence_penalty",
  "repetition_penalty",
  "seed",
  "stop",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "response_format",
  "structured_outputs",
  "reasoning",
  "include_reasoning",
  "verbosity",
  "web_search_options",
] as const;

type Tally = {
  textBytes: number;
  images: number;
  mediaBytes: number;
  modalities: Set<"image" | "file" | "audio" | "video">;
};

/** What a request needs of an endpoint, and how many tokens its prompt has, roughly and at most. */
export function needsOf(request: ChatRequest): PromptNeeds {
  const tally: Tally = { textBytes: 0, images: 0, mediaBytes: 0, modalities: new Set() };
  for (const message of request.messages) {
    const { content } = message;
    if (typeof content === "string") tally.textBytes += Buffer.byteLength(content);
    else for (const part of content ?? []) addPart(part, tally);
    if (message.role === "assistant") {
      for (const call of message.tool_calls ?? []) {
        tally.textBytes += call.function.name.length + Buffer.byteLength(call.function.arguments);
      }
      if (typeof message.reasoning === "string") tally.textBytes += Buffer.byteLength(message.reasoning);
    }
  }
  const hasTools = (request.tools?.length ?? 0) > 0;
  if (hasTools) tally.textBytes += JSON.stringify(request.tools).length;
  if (request.response_format?.type === "json_schema")
    tally.textBytes += JSON.stringify(request.response_format).length;

  const mediaTokens = Math.ceil(tally.mediaBytes / MEDIA_BYTES_PER_TOKEN);
  const messages = request.messages.length;
  return {
    promptTokens:
      Math.ceil(tally.textBytes / BYTES_PER_TOKEN) +
      TOKENS_PER_MESSAGE * messages +
      TOKENS_PER_IMAGE * tally.images +
      mediaTokens,
    promptTokensBound:
      Math.ceil(tally.textBytes / FEWEST_BYTES_PER_TOKEN) +
      TOKENS_PER_MESSAGE_BOUND * messages +
      TOKENS_PER_IMAGE_BOUND * tally.images +
      2 * mediaTokens,
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    tools: hasTools,
    jsonSchema: request.response_format?.type === "json_schema",
    inputModalities: [...tally.modalities],
    outputModalities: (request.modalities ?? []).flatMap((kind) => (kind === "text" ? [] : kind)),
    parameters: PARAMETERS.filter((name) => isSet(request[name])),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function addPart(part: ContentPart, tally: Tally): void {
  switch (part.type) {
    case "text":
      tally.textBytes += Buffer.byteLength(part.text);
      return;
    case "image_url":
      tally.images += 1;
      tally.modalities.add("image");
      return;
    case "file":
      tally.mediaBytes += part.file.file_data?.length ?? 0;
      tally.modalities.add("file");
      return;
    case "input_audio":
      tally.mediaBytes += part.input_audio.data.length;
      tally.modalities.add("audio");
      return;
    case "video_url":
    case "input_video":
      tally.mediaBytes += part.video_url.url.length;
      tally.modalities.add("video");
      return;
  }
}
