import { z } from "zod";
import { describeBase64, describeUrl } from "@/lib/sandbox/describe-media";
import { isAspectRatio } from "@/lib/sandbox/draw-png";
import { effortTokens } from "@/lib/sandbox/effort-tokens";
import { firstIssue, type LocatedIssue } from "@/lib/sandbox/first-issue";
import { typeNameOf, valueAt } from "@/lib/sandbox/json-value";
import { readMessageList } from "@/lib/sandbox/message-list";
import { openAiRefusal } from "@/lib/sandbox/openai-failures";
import { playSearch } from "@/lib/sandbox/play-search";
import type { Attachment, OutputFormat, Question } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

const ROLES = ["system", "assistant", "user", "function", "tool", "developer"] as const;
const PART_TYPES = ["text", "image_url", "input_audio", "file", "video_url", "input_video", "refusal"] as const;

const urlSchema = z
  .union([z.string(), z.looseObject({ url: z.string() })])
  .transform((value) => (typeof value === "string" ? value : value.url));
const partSchema = z.looseObject({
  type: z.enum(PART_TYPES),
  text: z.string().optional(),
  image_url: urlSchema.optional(),
  video_url: urlSchema.optional(),
  input_audio: z.looseObject({ data: z.string(), format: z.string() }).optional(),
  file: z
    .looseObject({ filename: z.string().nullish(), file_data: z.string().nullish(), file_id: z.string().nullish() })
    .optional(),
});
const messageSchema = z.looseObject({
  role: z.enum(ROLES),
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
  name: z.string().nullish(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }))
    .nullish(),
});
const toolSchema = z.looseObject({
  type: z.string(),
  function: z
    .looseObject({ name: z.string(), description: z.string().nullish(), parameters: z.unknown().optional() })
    .optional(),
});

const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.int().nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z
    .union([z.enum(["none", "auto", "required"]), z.looseObject({ function: z.looseObject({ name: z.string() }) })])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ name: z.string(), schema: z.unknown().optional() }).optional(),
    })
    .nullish(),
  modalities: z.array(z.string()).nullish(),
  image_config: z.looseObject({ aspect_ratio: z.string().nullish() }).nullish(),
  web_search_options: z.looseObject({}).nullish(),
  search_domain_filter: z.array(z.string()).max(20).nullish(),
  reasoning_effort: z.string().nullish(),
  reasoning: z
    .looseObject({ effort: z.string().nullish(), max_tokens: z.int().nullish(), enabled: z.boolean().nullish() })
    .nullish(),
  include_reasoning: z.boolean().nullish(),
  enable_thinking: z.boolean().nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  chat_template_kwargs: z
    .looseObject({ enable_thinking: z.boolean().nullish(), thinking: z.boolean().nullish() })
    .nullish(),
});
export type OpenAiRequest = z.infer<typeof requestSchema>;
type Message = z.infer<typeof messageSchema>;

/** @throws WireRefusal with OpenAI's wording when a field is missing, of another type, or out of order */
export function parseOpenAiRequest(body: unknown): OpenAiRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw refusalOf(firstIssue(parsed.error), body);
  checkToolOrder(parsed.data.messages);
  return parsed.data;
}

/** The question in an accepted request. */
export function openAiQuestion(request: OpenAiRequest, call: Call): Question {
  const { messages } = request;
  const offered = (request.tools ?? []).flatMap((tool) => (tool.function === undefined ? [] : [tool.function]));
  const named = typeof request.tool_choice === "object" ? request.tool_choice?.function.name : undefined;
  const choice = typeof request.tool_choice === "string" ? request.tool_choice : "auto";
  const aspectRatio = request.image_config?.aspect_ratio ?? "1:1";
  const stop = request.stop ?? [];
  const said = readMessageList(messages, request.tools ?? [], { textOf, attachmentsOf, callsOf });
  return {
    provider: call.provider,
    model: request.model,
    ...said,
    tools: offered
      .filter((tool) => named === undefined || tool.name === named)
      .map((tool) => ({ name: tool.name, description: tool.description ?? "", schema: tool.parameters ?? {} })),
    toolChoice: named !== undefined || choice === "required" ? "any" : choice === "none" ? "none" : "auto",
    parallelToolCalls: request.parallel_tool_calls !== false,
    talksBeforeTools: false,
    format: formatOf(request.response_format),
    reasoning: reasoningOf(request),
    image: request.modalities?.includes("image")
      ? { aspectRatio: isAspectRatio(aspectRatio) ? aspectRatio : "1:1" }
      : null,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
    stop: typeof stop === "string" ? [stop] : stop,
    seed: request.seed ?? null,
    ...searchOf(request, call, said.userText),
  };
}

/** Which models of this protocol always search, and cite in their own ways. */
function searchOf(request: OpenAiRequest, { provider }: Call, query: string): Pick<Question, "search"> {
  if (provider === "perplexity") {
    const filters = request.search_domain_filter ?? [];
    const include = filters.filter((domain) => !domain.startsWith("-"));
    const exclude = filters.flatMap((domain) => (domain.startsWith("-") ? domain.slice(1) : []));
    return { search: { pages: playSearch({ query, count: 4, include, exclude }), style: "marks" } };
  }
  if (!/-search-(?:preview|api)/.test(request.model)) return {};
  return { search: { pages: playSearch({ query, count: 3, include: [], exclude: [] }), style: "links" } };
}

function textOf(message: Message): string {
  if (typeof message.content === "string") return message.content;
  return (message.content ?? [])
    .map((part) => part.text ?? "")
    .filter(Boolean)
    .join("\n");
}

function attachmentsOf(message: Message): Attachment[] {
  if (!Array.isArray(message.content)) return [];
  return message.content.flatMap((part): Attachment[] => {
    if (part.image_url !== undefined) return [describeUrl("image", part.image_url, null)];
    if (part.video_url !== undefined) return [describeUrl("video", part.video_url, null)];
    if (part.input_audio !== undefined) {
      return [describeBase64("audio", `audio/${part.input_audio.format}`, part.input_audio.data, null)];
    }
    if (part.file === undefined) return [];
    const { filename = null, file_data: data, file_id: id } = part.file;
    if (typeof data !== "string") return [describeUrl("file", id ?? "", filename ?? id ?? null)];
    const isAddress = /^(?:data:|https?:)/.test(data);
    return [
      isAddress ? describeUrl("file", data, filename) : describeBase64("file", "application/pdf", data, filename),
    ];
  });
}

function callsOf({ tool_calls: calls }: Message): string {
  return calls?.length ? JSON.stringify(calls.map((call) => call.function)) : "";
}

function formatOf(format: OpenAiRequest["response_format"]): OutputFormat {
  if (format?.type === "json_schema") return { kind: "schema", schema: format.json_schema?.schema ?? {} };
  return format?.type === "json_object" ? { kind: "json" } : { kind: "text" };
}

/** Providers ask for reasoning in many ways; any of them counts, and any "off" outweighs them. */
function reasoningOf(request: OpenAiRequest): Question["reasoning"] {
  const effort = request.reasoning_effort ?? request.reasoning?.effort ?? null;
  const { reasoning, thinking, chat_template_kwargs: template } = request;
  const isOff =
    effort === "none" ||
    reasoning?.enabled === false ||
    request.enable_thinking === false ||
    template?.enable_thinking === false ||
    template?.thinking === false ||
    thinking?.type === "disabled";
  const isOn =
    effort !== null ||
    (reasoning ?? null) !== null ||
    request.include_reasoning === true ||
    request.enable_thinking === true ||
    template?.enable_thinking === true ||
    template?.thinking === true ||
    (thinking ?? null) !== null;
  if (isOff || !isOn) return null;
  return { maxTokens: reasoning?.max_tokens ?? effortTokens(effort) };
}

/** Every call needs its result right after it, and every result its call. Wording: OpenAI's, spelling included. */
function checkToolOrder(messages: readonly Message[]): void {
  let open = new Set<string>();
  messages.forEach((message, index) => {
    if (message.role === "tool") {
      if (!open.delete(message.tool_call_id ?? "")) {
        throw openAiRefusal(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${index}].role`,
          null,
        );
      }
      return;
    }
    if (open.size > 0) throw unanswered(open, index);
    open = new Set((message.tool_calls ?? []).map((call) => call.id));
  });
  if (open.size > 0) throw unanswered(open, messages.length);
}

function unanswered(open: ReadonlySet<string>, index: number) {
  return openAiRefusal(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(", ")}`,
    `messages.[${index}].role`,
    null,
  );
}

function refusalOf({ issue, path }: LocatedIssue, body: unknown) {
  const param = path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
  const value = valueAt(body, path);
  if (value === undefined && path.length > 0) {
    return openAiRefusal(`Missing required parameter: '${param}'.`, param, "missing_required_parameter");
  }
  if (issue.code === "invalid_value" && typeof value === "string") {
    const supported = issue.values.map((option) => `'${String(option)}'`).join(", ");
    return openAiRefusal(`Invalid value: '${value}'. Supported values are: ${supported}.`, param, "invalid_value");
  }
  if (issue.code === "too_small" && Array.isArray(value)) {
    return openAiRefusal(
      `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
      param,
      "empty_array",
    );
  }
  if (issue.code === "too_small" || issue.code === "too_big") {
    return openAiRefusal(
      `Invalid '${param}': ${String(value)} is out of range.`,
      param,
      issue.code === "too_small" ? "integer_below_min_value" : "integer_above_max_value",
    );
  }
  const expected = issue.code === "invalid_type" ? issue.expected : "another type";
  return openAiRefusal(
    `Invalid type for '${param}': expected ${expected}, but got ${typeNameOf(value)} instead.`,
    param === "" ? null : param,
    "invalid_type",
  );
}
