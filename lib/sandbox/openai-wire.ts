import { openAiCitations } from "@/lib/sandbox/openai-citations";
import { openAiFailureOf, openAiStatusBody } from "@/lib/sandbox/openai-failures";
import { type OpenAiRequest, openAiQuestion, parseOpenAiRequest } from "@/lib/sandbox/openai-request";
import { profileOf, type ReasoningField } from "@/lib/sandbox/profile-of";
import type { Answer, AnswerPart, PlayedSearch, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import { countTokens, splitTokens } from "@/lib/sandbox/tokens";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";

/** OpenAI's chat completions, as OpenAI and the many providers compatible with it speak it. */
export const openAiWire: Wire = {
  // Azure has a header of its own for keys, and so has Google, which serves open models in this protocol.
  hasKey: ({ headers, path }) =>
    /^bearer\s+\S/i.test(headers.authorization ?? "") ||
    Boolean(headers["api-key"]) ||
    (path.includes("/endpoints/openapi/") && Boolean(headers["x-goog-api-key"])),
  headers: ({ requestId }) => ({ "x-request-id": `req_${requestId}` }),
  failureOf: openAiFailureOf,
  read(body, call) {
    const request = parseOpenAiRequest(body);
    const question = openAiQuestion(request, call);
    const writer = createWriter(request, call, question.search);
    return {
      question,
      caching: "automatic",
      isStream: request.stream === true,
      streamContentType: "text/event-stream; charset=utf-8",
      json: writer.json,
      frames: writer.frames,
      errorFrame: (status) => `data: ${JSON.stringify(openAiStatusBody(status))}\n\n`,
      garbageFrame: () =>
        `data: {"id":"chatcmpl-${call.requestId}","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"cont\n\n`,
    };
  },
};

const FINISH_REASONS = {
  stop: "stop",
  stopSequence: "stop",
  length: "length",
  toolCalls: "tool_calls",
  refused: "content_filter",
} as const satisfies Record<Answer["finish"], string>;

function createWriter(request: OpenAiRequest, call: Call, search: PlayedSearch | undefined) {
  const { reasoningField } = profileOf(call.provider);
  const created = Math.floor(call.nowMs / 1000);
  const common = {
    id: `chatcmpl-${call.requestId}`,
    created,
    model: request.model,
    system_fingerprint: "fp_sandbox",
    ...sourcesOf(search),
  };
  const includesUsage = request.stream_options?.include_usage === true;
  const random = seededRandom(hashOf(`${call.provider}:${request.model}`));
  const callId = (index: number) => `call_${call.requestId}${index}`;

  const chunk = (
    delta: Record<string, unknown>,
    finishReason: string | null,
    logprobs: unknown,
    tokens: number,
  ): Frame => ({
    bytes: `data: ${JSON.stringify({
      ...common,
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, logprobs, finish_reason: finishReason }],
      // With include_usage every chunk but the last carries a null. Source: openai 7.55, ChatCompletionStreamOptions.
      ...(includesUsage ? { usage: null } : {}),
    })}\n\n`,
    tokens,
  });

  function* frames(answer: Answer, usage: Usage): Generator<Frame> {
    yield chunk({ role: "assistant", content: "" }, null, null, 0);
    let calls = 0;
    for (const part of answer.parts) {
      if (part.kind === "toolCall") yield* callFrames(part, calls++);
      else if (part.kind === "image") yield chunk({ images: [imageOf(part)] }, null, null, usage.imageTokens);
      else yield* textFrames(part);
    }
    const annotations = search?.style === "links" ? openAiCitations(answer) : [];
    if (annotations.length > 0) yield chunk({ annotations }, null, null, 0);
    yield chunk({}, FINISH_REASONS[answer.finish], null, 0);
    if (includesUsage) {
      const last = { ...common, object: "chat.completion.chunk", choices: [], usage: usageOf(usage) };
      yield { bytes: `data: ${JSON.stringify(last)}\n\n`, tokens: 0 };
    }
    yield { bytes: "data: [DONE]\n\n", tokens: 0 };
  }

  function* textFrames(part: Extract<AnswerPart, { kind: "text" | "reasoning" }>): Generator<Frame> {
    for (const { text, tokens } of streamPieces(part.text, random)) {
      const delta = part.kind === "text" ? { content: text } : { [reasoningField]: text };
      const logprobs = part.kind === "text" ? logprobsOf(tokens, request) : null;
      yield chunk(delta, null, logprobs, tokens.length);
    }
  }

  function* callFrames(part: Extract<AnswerPart, { kind: "toolCall" }>, index: number): Generator<Frame> {
    const opening = { index, id: callId(index), type: "function", function: { name: part.name, arguments: "" } };
    yield chunk({ tool_calls: [opening] }, null, null, countTokens(part.name));
    for (const { text, tokens } of streamPieces(JSON.stringify(part.arguments), random)) {
      yield chunk({ tool_calls: [{ index, function: { arguments: text } }] }, null, null, tokens.length);
    }
  }

  const json = (answer: Answer, usage: Usage) => {
    const text = joined(answer, "text");
    return {
      ...common,
      object: "chat.completion",
      choices: [
        {
          index: 0,
          message: {
            ...messageOf(answer, text, reasoningField, callId),
            ...(search?.style === "links" ? { annotations: openAiCitations(answer) } : {}),
          },
          logprobs: logprobsOf(splitTokens(text), request),
          finish_reason: FINISH_REASONS[answer.finish],
        },
      ],
      usage: usageOf(usage),
    };
  };

  return { json, frames };
}

/** Where the text has numbers, what they stand for is beside it, in every chunk, as Perplexity has it. */
function sourcesOf(search: PlayedSearch | undefined) {
  if (search?.style !== "marks") return {};
  const results = search.pages.map(({ title, url, text, publishedDate }) => {
    return { title, url, date: publishedDate.slice(0, 10), snippet: text };
  });
  return { citations: search.pages.map(({ url }) => url), search_results: results };
}

function messageOf(answer: Answer, text: string, reasoningField: ReasoningField, callId: (index: number) => string) {
  const reasoning = joined(answer, "reasoning");
  const calls = answer.parts.filter((part) => part.kind === "toolCall");
  const images = answer.parts.filter((part) => part.kind === "image");
  return {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning === "" ? {} : { [reasoningField]: reasoning }),
    ...(images.length === 0 ? {} : { images: images.map(imageOf) }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((part, index) => ({
            id: callId(index),
            type: "function",
            function: { name: part.name, arguments: JSON.stringify(part.arguments) },
          })),
        }),
  };
}

function joined(answer: Answer, kind: "text" | "reasoning"): string {
  return answer.parts.map((part) => (part.kind === kind && "text" in part ? part.text : "")).join("");
}

function imageOf(part: Extract<AnswerPart, { kind: "image" }>) {
  return { type: "image_url", index: 0, image_url: { url: `data:${part.mediaType};base64,${part.base64}` } };
}

function usageOf(usage: Usage) {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
      ...(usage.imageTokens > 0 ? { image_tokens: usage.imageTokens } : {}),
    },
  };
}

/** Likelihoods that are steady for a token, most of them near certain. */
function logprobsOf(tokens: readonly string[], request: OpenAiRequest) {
  if (request.logprobs !== true) return null;
  const entry = (token: string, logprob: number) => ({ token, logprob, bytes: [...Buffer.from(token)] });
  return {
    content: tokens.map((token) => {
      const logprob = -(hashOf(token) % 400) / 1000;
      const others = Array.from({ length: request.top_logprobs ?? 0 }, (_, rank) =>
        entry(rank === 0 ? token : `${token}${rank}`, logprob - rank * 1.7),
      );
      return { ...entry(token, logprob), top_logprobs: others };
    }),
    refusal: null,
  };
}
