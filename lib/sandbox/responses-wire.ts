import { z } from "zod";
import { openAiCitations } from "@/lib/sandbox/openai-citations";
import { openAiFailureOf, openAiRefusal, openAiStatusBody } from "@/lib/sandbox/openai-failures";
import { openAiQuestion, parseOpenAiRequest } from "@/lib/sandbox/openai-request";
import { playSearch } from "@/lib/sandbox/play-search";
import type { Answer, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";

const record = z.looseObject({});
const itemSchema = z.looseObject({
  type: z.string().optional(),
  role: z.string().optional(),
  content: z.union([z.string(), z.array(record)]).nullish(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: z.union([z.string(), z.array(record)]).optional(),
});
const toolSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  filters: z
    .looseObject({ allowed_domains: z.array(z.string()).nullish(), excluded_domains: z.array(z.string()).nullish() })
    .nullish(),
});
const requestSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(itemSchema).min(1)]),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ name: z.string().optional() })]).nullish(),
  text: z.looseObject({ format: record.nullish() }).nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish() }).nullish(),
});
type Request = z.infer<typeof requestSchema>;

const SEARCH_TYPES: readonly string[] = ["web_search", "web_search_preview"];

/** OpenAI's responses, as far as a gateway needs them that has the provider search the web. */
export const responsesWire: Wire = {
  hasKey: ({ headers }) => /^bearer\s+\S/i.test(headers.authorization ?? "") || Boolean(headers["api-key"]),
  headers: ({ requestId }) => ({ "x-request-id": `req_${requestId}` }),
  failureOf: openAiFailureOf,
  read(body, call) {
    const parsed = requestSchema.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw openAiRefusal(`Invalid '${issue?.path.join(".")}': ${issue?.message}`, issue?.path.join(".") ?? "", null);
    }
    const request = parsed.data;
    const asked = openAiQuestion(parseOpenAiRequest(chatBodyOf(request)), call);
    const tool = (request.tools ?? []).find(({ type }) => SEARCH_TYPES.includes(type));
    const { allowed_domains: include, excluded_domains: exclude } = tool?.filters ?? {};
    const pages = playSearch({ query: asked.userText, count: 3, include: include ?? [], exclude: exclude ?? [] });
    const question = tool === undefined ? asked : { ...asked, search: { pages, style: "links" as const } };
    const writer = createWriter(request.model, question.userText, call);
    return {
      question,
      caching: "automatic",
      isStream: request.stream === true,
      streamContentType: "text/event-stream; charset=utf-8",
      json: writer.json,
      frames: writer.frames,
      errorFrame: (status) => event({ ...openAiStatusBody(status).error, type: "error" }),
      garbageFrame: () => 'event: response.output_text.delta\ndata: {"type":"response.output_text.del\n\n',
    };
  },
};

/** The same request in the words of chat completions, which the sandbox understands already. */
function chatBodyOf({ model, input, max_output_tokens: limit, tools, tool_choice: choice, text, reasoning }: Request) {
  const items = typeof input === "string" ? [{ role: "user", content: input }] : input;
  const functions = (tools ?? []).filter(({ type }) => type === "function");
  const format = text?.format;
  return {
    model,
    messages: items.flatMap(messagesOf),
    ...(limit == null ? {} : { max_tokens: limit }),
    ...(functions.length === 0
      ? {}
      : { tools: functions.map(({ type, ...rest }) => ({ type, function: rest })), ...choiceOf(choice) }),
    ...(format == null ? {} : { response_format: formatOf(format) }),
    ...(reasoning?.effort == null ? {} : { reasoning_effort: reasoning.effort }),
  };
}

function choiceOf(choice: Request["tool_choice"]) {
  if (choice == null) return {};
  return { tool_choice: typeof choice === "string" ? choice : { type: "function", function: { name: choice.name } } };
}

function formatOf(format: Readonly<Record<string, unknown>>) {
  const { type, ...rest } = format;
  return type === "json_schema" ? { type, json_schema: rest } : { type };
}

function messagesOf(item: z.infer<typeof itemSchema>): Record<string, unknown>[] {
  if (item.type === "function_call") {
    const call = { id: item.call_id, type: "function", function: { name: item.name, arguments: item.arguments } };
    return [{ role: "assistant", content: null, tool_calls: [call] }];
  }
  if (item.type === "function_call_output") {
    return [{ role: "tool", tool_call_id: item.call_id, content: contentOf(item.output) }];
  }
  return item.role === undefined ? [] : [{ role: item.role, content: contentOf(item.content) }];
}

function contentOf(content: string | Record<string, unknown>[] | null | undefined) {
  if (content == null || typeof content === "string") return content ?? "";
  return content.map((part) => {
    if (part.type === "input_image") return { type: "image_url", image_url: { url: part.image_url } };
    if (part.type === "input_file") {
      return { type: "file", file: { filename: part.filename, file_data: part.file_data ?? part.file_url } };
    }
    return { type: "text", text: part.text ?? part.refusal ?? "" };
  });
}

function event(data: { type: string } & Record<string, unknown>): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

type Item = { type: string; id: string } & Record<string, unknown>;

function createWriter(model: string, query: string, call: Call) {
  const random = seededRandom(hashOf(`${call.provider}:${model}`));
  const idOf = (kind: string, index: number) => `${kind}_${call.requestId}${index}`;
  const responseOf = (answer: Answer | null, output: readonly Item[], usage: Usage | null) => ({
    id: `resp_${call.requestId}`,
    object: "response",
    created_at: Math.floor(call.nowMs / 1000),
    model,
    status: answer === null ? "in_progress" : answer.finish === "length" ? "incomplete" : "completed",
    incomplete_details: answer?.finish === "length" ? { reason: "max_output_tokens" } : null,
    error: null,
    output,
    service_tier: "default",
    usage: usage === null ? null : usageOf(usage),
  });

  /** Everything of an answer, each item with the pieces in which it is streamed. */
  const itemsOf = (answer: Answer): Item[] => {
    const citations = openAiCitations(answer);
    const items: Item[] = [];
    const reasoning = joined(answer, "reasoning");
    if (reasoning !== "")
      items.push({ type: "reasoning", id: idOf("rs", 0), summary: [{ type: "summary_text", text: reasoning }] });
    if (citations.length > 0) {
      const action = { type: "search", query };
      items.push({ type: "web_search_call", id: idOf("ws", 0), status: "completed", action });
    }
    const text = joined(answer, "text");
    if (text !== "") {
      const annotations = citations.map(({ url_citation: citation }) => ({ type: "url_citation", ...citation }));
      const content = [{ type: "output_text", text, annotations }];
      items.push({ type: "message", id: idOf("msg", 0), role: "assistant", status: "completed", content });
    }
    answer.parts.forEach((part, index) => {
      if (part.kind !== "toolCall") return;
      const fields = { call_id: idOf("call", index), name: part.name, arguments: JSON.stringify(part.arguments) };
      items.push({ type: "function_call", id: idOf("fc", index), status: "completed", ...fields });
    });
    return items;
  };

  function* frames(answer: Answer, usage: Usage): Generator<Frame> {
    yield { bytes: event({ type: "response.created", response: responseOf(null, [], null) }), tokens: 0 };
    const items = itemsOf(answer);
    for (const [index, item] of items.entries()) {
      const place = { output_index: index, item_id: item.id };
      const opened = { ...item, content: [], summary: [], arguments: "" };
      yield { bytes: event({ type: "response.output_item.added", output_index: index, item: opened }), tokens: 0 };
      if (item.type === "message") yield* textFrames(answer, item, place);
      if (item.type === "reasoning") {
        for (const { text, tokens } of streamPieces(joined(answer, "reasoning"), random)) {
          const data = { type: "response.reasoning_summary_text.delta", ...place, summary_index: 0, delta: text };
          yield { bytes: event(data), tokens: tokens.length };
        }
      }
      if (item.type === "function_call") {
        for (const { text, tokens } of streamPieces(String(item.arguments), random)) {
          const data = { type: "response.function_call_arguments.delta", ...place, delta: text };
          yield { bytes: event(data), tokens: tokens.length };
        }
      }
      yield { bytes: event({ type: "response.output_item.done", output_index: index, item }), tokens: 0 };
    }
    const response = responseOf(answer, items, usage);
    yield { bytes: event({ type: `response.${response.status}`, response }), tokens: 0 };
  }

  function* textFrames(answer: Answer, _item: Item, place: Record<string, unknown>): Generator<Frame> {
    const at = { ...place, content_index: 0 };
    for (const { text, tokens } of streamPieces(joined(answer, "text"), random)) {
      yield { bytes: event({ type: "response.output_text.delta", ...at, delta: text }), tokens: tokens.length };
    }
    for (const [index, { url_citation: citation }] of openAiCitations(answer).entries()) {
      const annotation = { type: "url_citation", ...citation };
      const data = { type: "response.output_text.annotation.added", ...at, annotation_index: index, annotation };
      yield { bytes: event(data), tokens: 0 };
    }
  }

  const json = (answer: Answer, usage: Usage) => responseOf(answer, itemsOf(answer), usage);
  return { json, frames };
}

function joined(answer: Answer, kind: "text" | "reasoning"): string {
  return answer.parts.map((part) => (part.kind === kind ? part.text : "")).join("");
}

function usageOf(usage: Usage) {
  return {
    input_tokens: usage.promptTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens },
    output_tokens: usage.completionTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.promptTokens + usage.completionTokens,
  };
}
