import type { ChatRequest } from "@/lib/schemas/chat-request";
import { type ResponsesRequest, responsesRequestSchema } from "@/lib/schemas/responses-request";
import { parseJsonObject } from "../../parse-chat-request";
import { parseInput } from "../../parse-input";
import { readInput } from "./read-input";
import { readTools } from "./read-tools";

/**
 * Reads the body of `POST /responses`. Nothing is kept between requests: each brings the whole conversation.
 *
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function readResponses(body: Uint8Array): { parsed: ResponsesRequest; request: ChatRequest } {
  const parsed = parseInput(responsesRequestSchema, parseJsonObject(body));
  return { parsed, request: { ...sharedFields(parsed), ...readTools(parsed), messages: readInput(parsed) } };
}

function sharedFields(parsed: ResponsesRequest): Omit<ChatRequest, "messages"> {
  const { text, reasoning, truncation, safety_identifier: safety } = parsed;
  const user = parsed.user ?? safety;
  return {
    model: parsed.model,
    models: parsed.models,
    route: parsed.route,
    preset: parsed.preset,
    provider: parsed.provider,
    session_id: parsed.session_id,
    trace: parsed.trace,
    metadata: parsed.metadata,
    stream: parsed.stream,
    max_tokens: parsed.max_output_tokens,
    temperature: parsed.temperature,
    top_p: parsed.top_p,
    top_k: parsed.top_k,
    frequency_penalty: parsed.frequency_penalty,
    presence_penalty: parsed.presence_penalty,
    parallel_tool_calls: parsed.parallel_tool_calls,
    modalities: parsed.modalities,
    image_config: parsed.image_config,
    service_tier: parsed.service_tier,
    prompt_cache_key: parsed.prompt_cache_key,
    cache_control: parsed.cache_control,
    verbosity: text?.verbosity,
    ...(user == null ? {} : { user }),
    ...(reasoning == null ? {} : { reasoning }),
    ...logprobFields(parsed),
    ...formatField(text?.format),
    // To shorten what is too long is what our transform does, and to refuse it is what its absence means.
    ...(truncation == null
      ? { transforms: parsed.transforms }
      : { transforms: truncation === "auto" ? ["middle-out"] : [] }),
  };
}

function logprobFields({
  top_logprobs: top,
  include,
}: ResponsesRequest): Pick<ChatRequest, "logprobs" | "top_logprobs"> {
  const count = top ?? 0;
  if (count === 0 && include?.includes("message.output_text.logprobs") !== true) return {};
  return { logprobs: true, ...(count === 0 ? {} : { top_logprobs: count }) };
}

type TextFormat = NonNullable<ResponsesRequest["text"]>["format"];

function formatField(format: TextFormat): Pick<ChatRequest, "response_format"> {
  switch (format?.type) {
    case undefined:
    case "text":
      return {};
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "json_schema": {
      const { name, schema, description, strict } = format;
      return {
        response_format: {
          type: "json_schema",
          json_schema: {
            name,
            schema,
            ...(description == null ? {} : { description }),
            ...(strict == null ? {} : { strict }),
          },
        },
      };
    }
  }
}
