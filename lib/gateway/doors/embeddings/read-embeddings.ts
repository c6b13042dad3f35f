import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";
import {
  type EmbeddingContentPart,
  type EmbeddingRequest,
  embeddingRequestSchema,
} from "@/lib/schemas/embedding-request";
import type { EmbeddingInput, EmbeddingPart, EmbeddingTask } from "@/lib/schemas/task";
import type { PromptNeeds } from "../../needs-of";
import { parseJsonObject } from "../../parse-chat-request";
import { parseInput } from "../../parse-input";
import { entryNeeds } from "../entry-needs";
import { routingFields } from "../routing-fields";

export type ReadEmbeddings = {
  request: ChatRequest;
  task: EmbeddingTask;
  needs: PromptNeeds;
  /** The caller wants the vectors as base64 of 32-bit numbers. */
  asBase64: boolean;
};

/**
 * Reads the body of `POST /embeddings`. Beside the task there is a request in our form, whose messages are the inputs: by
 * it the task is routed, held credit for, and counted where its provider does not.
 *
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function readEmbeddings(body: Uint8Array): ReadEmbeddings {
  const parsed = parseInput(embeddingRequestSchema, parseJsonObject(body));
  const inputs = inputsOf(parsed.input);
  const request: ChatRequest = {
    ...routingFields(parsed),
    messages: inputs.map((input) => ({ role: "user", content: contentOf(input) })),
  };
  return {
    request,
    task: {
      kind: "embeddings",
      inputs,
      dimensions: parsed.dimensions ?? undefined,
      inputType: parsed.input_type ?? undefined,
      user: parsed.user ?? undefined,
    },
    needs: entryNeeds(request, "input"),
    asBase64: parsed.encoding_format === "base64",
  };
}

function inputsOf(input: EmbeddingRequest["input"]): EmbeddingInput[] {
  if (typeof input === "string") return [{ kind: "text", text: input }];
  const tokens: number[] = [];
  const inputs: EmbeddingInput[] = [];
  for (const entry of input) {
    // A list of numbers is one input, not many.
    if (typeof entry === "number") tokens.push(entry);
    else if (typeof entry === "string") inputs.push({ kind: "text", text: entry });
    else if (Array.isArray(entry)) inputs.push({ kind: "tokens", tokens: entry });
    else inputs.push({ kind: "parts", parts: entry.content.map(partOf) });
  }
  return tokens.length > 0 ? [{ kind: "tokens", tokens }] : inputs;
}

function partOf(part: EmbeddingContentPart): EmbeddingPart {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text };
    case "image_url":
      return { type: "image_url", image_url: { url: part.image_url.url } };
    case "input_audio":
      return mediaPart("audio", part.input_audio, "wav");
    case "input_video":
      return mediaPart("video", part.input_video, "mp4");
    case "input_file":
      return mediaPart("file", part.input_file, "pdf");
  }
}

type Media = { data: string; format?: string | null | undefined };

function mediaPart(kind: "audio" | "video" | "file", { data, format }: Media, usual: string): EmbeddingPart {
  const type = format || usual;
  const mediaType = type.includes("/") ? type : `${kind === "file" ? "application" : kind}/${type}`;
  return { type: "media", kind, mediaType, base64: data };
}

function contentOf(input: EmbeddingInput): string | ContentPart[] {
  switch (input.kind) {
    case "text":
      return input.text;
    case "tokens":
      // As many tokens in any vocabulary.
      return " a".repeat(input.tokens.length);
    case "parts":
      return input.parts.map(chatPartOf);
  }
}

function chatPartOf(part: EmbeddingPart): ContentPart {
  if (part.type !== "media") return part;
  switch (part.kind) {
    case "audio":
      return { type: "input_audio", input_audio: { data: part.base64, format: "wav" } };
    case "video":
      return { type: "video_url", video_url: { url: `data:${part.mediaType};base64,${part.base64}` } };
    case "file":
      return { type: "file", file: { file_data: part.base64 } };
  }
}
