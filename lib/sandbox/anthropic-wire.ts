import { anthropicFailureOf, anthropicStatusBody } from "@/lib/sandbox/anthropic-failures";
import { anthropicQuestion } from "@/lib/sandbox/anthropic-question";
import { parseAnthropicRequest } from "@/lib/sandbox/anthropic-request";
import type { PlayedPage } from "@/lib/sandbox/play-search";
import type { Answer, AnswerPart, Question, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { sealReasoning, signReasoning } from "@/lib/sandbox/signatures";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import { countTokens } from "@/lib/sandbox/tokens";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";

// Anthropic's own test string for redacted thinking. Source: github.com/vercel/ai,
// examples/ai-core/src/generate-text/anthropic-reasoning.ts, read 2026-11-21.
const REDACTION_WORD = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING";

/** Anthropic's Messages API. */
export const anthropicWire: Wire = {
  hasKey: ({ headers }) => Boolean(headers["x-api-key"]) || /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: ({ requestId }) => ({ "request-id": `req_${requestId}` }),
  failureOf: anthropicFailureOf,
  read(body, call) {
    const parsed = parseAnthropicRequest(body, call);
    const question = anthropicQuestion(parsed, call);
    const writer = createWriter(question, call, {
      isRedacted: question.userText.includes(REDACTION_WORD),
      isOmitted: parsed.request.thinking?.display === "omitted",
    });
    return {
      question,
      caching: "marked",
      isStream: parsed.request.stream === true,
      streamContentType: "text/event-stream; charset=utf-8",
      json: writer.json,
      frames: writer.frames,
      errorFrame: (status) => event("error", anthropicStatusBody(status, call.requestId)),
      garbageFrame: () =>
        'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_d\n\n',
    };
  },
};

const STOP_REASONS = {
  stop: "end_turn",
  stopSequence: "stop_sequence",
  length: "max_tokens",
  toolCalls: "tool_use",
  refused: "refusal",
} as const satisfies Record<Answer["finish"], string>;

type Concealment = { isRedacted: boolean; isOmitted: boolean };

function createWriter({ model, search, userText }: Question, call: Call, concealment: Concealment) {
  const searchBlocksOf = (answer: Answer): SearchBlock[] =>
    search === undefined || !hasCitations(answer) ? [] : searchBlocks(search.pages, userText, call.requestId);
  const random = seededRandom(hashOf(`${call.provider}:${model}`));
  const toolUseId = (index: number) => `toolu_${call.requestId}${index}`;
  const message = (answer: Answer | null, content: readonly unknown[], usage: unknown) => ({
    id: `msg_${call.requestId}`,
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: answer === null ? null : STOP_REASONS[answer.finish],
    stop_sequence: answer?.stopSequence ?? null,
    ...(answer?.finish === "refused" ? { stop_details: REFUSAL_DETAILS } : {}),
    usage,
  });

  function* frames(answer: Answer, usage: Usage): Generator<Frame> {
    const opening = message(null, [], usageOf(usage, 1));
    yield { bytes: event("message_start", { type: "message_start", message: opening }), tokens: 0 };
    let index = 0;
    let calls = 0;
    for (const block of searchBlocksOf(answer)) {
      const start = { type: "content_block_start", index, content_block: block };
      yield { bytes: event("content_block_start", start), tokens: 0 };
      yield { bytes: event("content_block_stop", { type: "content_block_stop", index }), tokens: 0 };
      index += 1;
    }
    for (const part of answer.parts) {
      if (part.kind === "image") continue;
      const block = blockOf(part, toolUseId(calls), concealment);
      if (part.kind === "toolCall") calls += 1;
      yield* blockFrames(part, block, index);
      index += 1;
    }
    // An answer without content still opens its stream with a ping.
    if (index === 0) yield PING;
    const delta = {
      stop_reason: STOP_REASONS[answer.finish],
      stop_sequence: answer.stopSequence,
      ...(answer.finish === "refused" ? { stop_details: REFUSAL_DETAILS } : {}),
    };
    yield {
      bytes: event("message_delta", {
        type: "message_delta",
        delta,
        usage: { ...deltaUsageOf(usage), ...serverUseOf(answer) },
      }),
      tokens: 0,
    };
    yield { bytes: event("message_stop", { type: "message_stop" }), tokens: 0 };
  }

  function* blockFrames(part: AnswerPart, block: Block, index: number): Generator<Frame> {
    const start = { type: "content_block_start", index, content_block: emptied(block) };
    const openingTokens = block.type === "redacted_thinking" && part.kind === "reasoning" ? countTokens(part.text) : 0;
    yield { bytes: event("content_block_start", start), tokens: openingTokens };
    if (index === 0) yield PING;
    const delta = (fields: Record<string, unknown>, tokens: number): Frame => ({
      bytes: event("content_block_delta", { type: "content_block_delta", index, delta: fields }),
      tokens,
    });
    switch (block.type) {
      case "text":
        for (const { text, tokens } of streamPieces(block.text, random)) {
          yield delta({ type: "text_delta", text }, tokens.length);
        }
        for (const citation of block.citations ?? []) yield delta({ type: "citations_delta", citation }, 0);
        break;
      case "thinking":
        for (const { text, tokens } of streamPieces(block.thinking, random)) {
          yield delta({ type: "thinking_delta", thinking: text }, tokens.length);
        }
        yield delta(
          { type: "signature_delta", signature: block.signature },
          // Thinking that is not shown still takes its time.
          block.thinking === "" && part.kind === "reasoning" ? countTokens(part.text) : 0,
        );
        break;
      case "tool_use":
        yield delta({ type: "input_json_delta", partial_json: "" }, countTokens(block.name));
        for (const { text, tokens } of streamPieces(JSON.stringify(block.input), random)) {
          yield delta({ type: "input_json_delta", partial_json: text }, tokens.length);
        }
        break;
      case "redacted_thinking":
        break;
    }
    yield { bytes: event("content_block_stop", { type: "content_block_stop", index }), tokens: 0 };
  }

  const json = (answer: Answer, usage: Usage) => {
    let calls = 0;
    const blocks = answer.parts.flatMap((part) =>
      part.kind === "image" ? [] : [blockOf(part, toolUseId(part.kind === "toolCall" ? calls++ : 0), concealment)],
    );
    const counts = { ...usageOf(usage, usage.completionTokens), ...outputDetailsOf(usage), ...serverUseOf(answer) };
    return message(answer, [...searchBlocksOf(answer), ...blocks], counts);
  };

  return { json, frames };
}

const PING: Frame = { bytes: event("ping", { type: "ping" }), tokens: 0 };
const REFUSAL_DETAILS = { type: "refusal", category: null, explanation: "Withheld by the sandbox." };

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

type Block =
  | { type: "text"; text: string; citations?: readonly unknown[] }
  | { type: "thinking"; thinking: string; signature: string }
  | { type: "redacted_thinking"; data: string }
  | { type: "tool_use"; id: string; name: string; input: unknown };

function blockOf(part: Exclude<AnswerPart, { kind: "image" }>, toolUseId: string, concealment: Concealment): Block {
  switch (part.kind) {
    case "text":
      return { type: "text", text: part.text, ...citationsOf(part.page) };
    case "toolCall":
      return { type: "tool_use", id: toolUseId, name: part.name, input: part.arguments };
    case "reasoning":
      if (concealment.isRedacted) return { type: "redacted_thinking", data: sealReasoning("anthropic", part.text) };
      return concealment.isOmitted
        ? { type: "thinking", thinking: "", signature: sealReasoning("anthropic", part.text) }
        : { type: "thinking", thinking: part.text, signature: signReasoning("anthropic", part.text) };
  }
}

type SearchBlock = { type: string } & Record<string, unknown>;

/** A search of the API's own, and what it found. Source: platform.claude.com, web search tool, as known in 2026-11. */
function searchBlocks(pages: readonly PlayedPage[], query: string, requestId: string): SearchBlock[] {
  const id = `srvtoolu_${requestId}`;
  const content = pages.map(({ url, title }) => {
    return { type: "web_search_result", url, title, encrypted_content: "c2FuZGJveA==", page_age: null };
  });
  return [
    { type: "server_tool_use", id, name: "web_search", input: { query } },
    { type: "web_search_tool_result", tool_use_id: id, content },
  ];
}

function citationsOf(page: PlayedPage | undefined): { citations?: readonly unknown[] } {
  if (page === undefined) return {};
  const { url, title, text } = page;
  const encrypted = { encrypted_index: "c2FuZGJveA==" };
  return {
    citations: [{ type: "web_search_result_location", url, title, ...encrypted, cited_text: text.slice(0, 150) }],
  };
}

function hasCitations(answer: Answer): boolean {
  return answer.parts.some((part) => part.kind === "text" && part.page !== undefined);
}

function serverUseOf(answer: Answer) {
  return hasCitations(answer) ? { server_tool_use: { web_search_requests: 1 } } : {};
}

/** A block as it looks before its first delta. Redacted reasoning comes whole. */
function emptied(block: Block): Block {
  switch (block.type) {
    case "text":
      return { type: "text", text: "", ...(block.citations === undefined ? {} : { citations: [] }) };
    case "thinking":
      return { ...block, thinking: "", signature: "" };
    case "tool_use":
      return { ...block, input: {} };
    case "redacted_thinking":
      return block;
  }
}

/** Anthropic counts what was read from and written to the cache outside of `input_tokens`. */
function inputUsageOf(usage: Usage) {
  const written = usage.cacheWriteTokens["5m"] + usage.cacheWriteTokens["1h"];
  return {
    input_tokens: usage.promptTokens - usage.cachedTokens - written,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: usage.cachedTokens,
  };
}

function usageOf(usage: Usage, outputTokens: number) {
  return {
    ...inputUsageOf(usage),
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWriteTokens["5m"],
      ephemeral_1h_input_tokens: usage.cacheWriteTokens["1h"],
    },
    output_tokens: outputTokens,
    service_tier: "standard",
  };
}

function deltaUsageOf(usage: Usage) {
  return { ...inputUsageOf(usage), output_tokens: usage.completionTokens, ...outputDetailsOf(usage) };
}

function outputDetailsOf(usage: Usage) {
  return usage.reasoningTokens > 0 ? { output_tokens_details: { thinking_tokens: usage.reasoningTokens } } : {};
}
