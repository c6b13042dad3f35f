import { geminiFailureOf, geminiStatusBody, isArrayStream } from "@/lib/sandbox/gemini-failures";
import { geminiQuestion } from "@/lib/sandbox/gemini-question";
import { type GeminiRequest, parseGeminiRequest, signsCalls } from "@/lib/sandbox/gemini-request";
import type { Answer, AnswerPart, Question, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { sealReasoning } from "@/lib/sandbox/signatures";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import { countTokens, splitTokens } from "@/lib/sandbox/tokens";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";

/** Google's generateContent, as the Gemini API and Vertex AI speak it. */
export const geminiWire: Wire = {
  hasKey: ({ headers, query }) =>
    Boolean(headers["x-goog-api-key"]) ||
    Boolean(query.get("key")) ||
    /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: () => ({}),
  failureOf: geminiFailureOf,
  read(body, call) {
    const request = parseGeminiRequest(body, call);
    const question = geminiQuestion(request, call);
    const writer = createWriter(request, question, call);
    const isArray = isArrayStream(call);
    return {
      question,
      caching: "automatic",
      isStream: call.isStreamPath,
      streamContentType: isArray ? "application/json; charset=UTF-8" : "text/event-stream",
      json: writer.json,
      frames: isArray
        ? (answer, usage) => asArray(writer.chunks(answer, usage))
        : (answer, usage) => asEvents(writer.chunks(answer, usage)),
      errorFrame: (status, isFirst) =>
        isArray
          ? `${isFirst ? "[" : SEPARATOR}${JSON.stringify(geminiStatusBody(status))}\n]\n`
          : sse(geminiStatusBody(status)),
      garbageFrame: (isFirst) =>
        `${isArray ? (isFirst ? "[" : SEPARATOR) : "data: "}{"candidates": [{"content": {"parts": [{"te\r\n\r\n`,
    };
  },
};

/** Between the members of a stream that is one JSON array. */
const SEPARATOR = "\n,\r\n";

type Chunk = { data: unknown; tokens: number };

function sse(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

function* asEvents(chunks: Iterable<Chunk>): Generator<Frame> {
  for (const { data, tokens } of chunks) yield { bytes: sse(data), tokens };
}

function* asArray(chunks: Iterable<Chunk>): Generator<Frame> {
  let lead = "[";
  for (const { data, tokens } of chunks) {
    yield { bytes: `${lead}${JSON.stringify(data)}`, tokens };
    lead = SEPARATOR;
  }
  yield { bytes: "\n]\n", tokens: 0 };
}

type WirePart = Readonly<Record<string, unknown>>;

function createWriter(request: GeminiRequest, question: Question, call: Call) {
  const random = seededRandom(hashOf(`${call.provider}:${question.model}`));
  const config = request.generationConfig ?? {};
  const showsThoughts = config.thinkingConfig?.includeThoughts === true;
  const signs = signsCalls(call.model);
  const envelope = { modelVersion: question.model, responseId: call.requestId };

  const blocked = (usage: Usage) => ({
    promptFeedback: { blockReason: "PROHIBITED_CONTENT" },
    usageMetadata: { promptTokenCount: usage.promptTokens, totalTokenCount: usage.promptTokens },
    ...envelope,
  });

  /** A model that thought signs its first call, or the end of its text when it called nothing. */
  const signatureOf = (answer: Answer) =>
    (signs && answer.parts.some((part) => part.kind === "toolCall")) || answer.reasoningTokens > 0
      ? { thoughtSignature: sealReasoning("google", `${question.model}|${question.userText}`) }
      : {};

  const callPart = (part: Extract<AnswerPart, { kind: "toolCall" }>, index: number, signature: WirePart): WirePart => ({
    functionCall: {
      ...(signs ? { id: `${call.requestId}${index}` } : {}),
      name: part.name,
      args: part.arguments,
    },
    ...(index === 0 ? signature : {}),
  });

  const imagePart = (part: Extract<AnswerPart, { kind: "image" }>): WirePart => ({
    inlineData: { mimeType: part.mediaType, data: part.base64 },
  });

  const candidate = (parts: readonly WirePart[], finishReason: string | null, more: WirePart = {}) => ({
    content: { ...(parts.length === 0 ? {} : { parts }), role: "model" },
    ...(finishReason === null ? {} : { finishReason }),
    index: 0,
    ...more,
  });

  function* chunks(answer: Answer, usage: Usage): Generator<Chunk> {
    if (answer.finish === "refused") {
      yield { data: blocked(usage), tokens: 0 };
      return;
    }
    const signature = signatureOf(answer);
    const soFar = { ...usage, completionTokens: 0, reasoningTokens: 0, imageTokens: 0 };
    let unseenTokens = 0;
    const chunk = (part: WirePart, tokens: number): Chunk => {
      soFar.completionTokens += tokens;
      if (part.thought === true) soFar.reasoningTokens += tokens;
      const data = { candidates: [candidate([part], null)], usageMetadata: usageOf(soFar), ...envelope };
      // Thoughts that are not shown still take their time.
      const takes = tokens + unseenTokens;
      unseenTokens = 0;
      return { data, tokens: takes };
    };
    let calls = 0;
    for (const part of answer.parts) {
      if (part.kind === "toolCall") {
        const tokens = countTokens(part.name) + countTokens(JSON.stringify(part.arguments));
        yield chunk(callPart(part, calls, signature), tokens);
        calls += 1;
      } else if (part.kind === "image") yield chunk(imagePart(part), usage.imageTokens);
      else if (part.kind === "text" || showsThoughts) {
        for (const { text, tokens } of streamPieces(part.text, random)) {
          yield chunk(part.kind === "text" ? { text } : { text, thought: true }, tokens.length);
        }
      } else {
        unseenTokens = usage.reasoningTokens;
        soFar.completionTokens += usage.reasoningTokens;
        soFar.reasoningTokens += usage.reasoningTokens;
      }
    }
    const isSigned = calls === 0 && "thoughtSignature" in signature;
    const lastParts = answer.parts.length > 0 && calls === 0 ? [{ text: "", ...(isSigned ? signature : {}) }] : [];
    yield {
      data: {
        candidates: [candidate(lastParts, finishReasonOf(answer), logprobsOf(answer, config))],
        usageMetadata: usageOf(usage),
        ...envelope,
      },
      tokens: 0,
    };
  }

  const json = (answer: Answer, usage: Usage) => {
    if (answer.finish === "refused") return blocked(usage);
    const signature = signatureOf(answer);
    const hasCalls = answer.parts.some((part) => part.kind === "toolCall");
    let calls = 0;
    const parts = answer.parts.flatMap((part): WirePart[] => {
      if (part.kind === "toolCall") return [callPart(part, calls++, signature)];
      if (part.kind === "image") return [imagePart(part)];
      if (part.kind === "reasoning") return showsThoughts ? [{ text: part.text, thought: true }] : [];
      return [{ text: part.text, ...(hasCalls ? {} : signature) }];
    });
    return {
      candidates: [candidate(parts, finishReasonOf(answer), logprobsOf(answer, config))],
      usageMetadata: usageOf(usage),
      ...envelope,
    };
  };

  return { chunks, json };
}

function finishReasonOf(answer: Answer): string {
  return answer.finish === "length" ? "MAX_TOKENS" : "STOP";
}

/** Google counts thoughts outside of the candidates' tokens, and cached tokens inside of the prompt's. */
function usageOf(usage: Usage) {
  const candidates = usage.completionTokens - usage.reasoningTokens;
  return {
    promptTokenCount: usage.promptTokens,
    ...(candidates > 0 ? { candidatesTokenCount: candidates } : {}),
    totalTokenCount: usage.promptTokens + usage.completionTokens,
    ...(usage.cachedTokens > 0 ? { cachedContentTokenCount: usage.cachedTokens } : {}),
    promptTokensDetails: [{ modality: "TEXT", tokenCount: usage.promptTokens }],
    ...(usage.imageTokens > 0
      ? { candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: usage.imageTokens }] }
      : {}),
    ...(usage.reasoningTokens > 0 ? { thoughtsTokenCount: usage.reasoningTokens } : {}),
  };
}

function logprobsOf(answer: Answer, config: NonNullable<GeminiRequest["generationConfig"]>): WirePart {
  if (config.responseLogprobs !== true) return {};
  const text = answer.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
  const chosen = splitTokens(text).map((token) => ({
    token,
    tokenId: hashOf(token) % 200_000,
    logProbability: -(hashOf(token) % 400) / 1000,
  }));
  const total = chosen.reduce((sum, entry) => sum + entry.logProbability, 0);
  const others = Array.from({ length: config.logprobs ?? 0 }, (_, rank) => rank);
  return {
    avgLogprobs: chosen.length === 0 ? 0 : total / chosen.length,
    logprobsResult: {
      chosenCandidates: chosen,
      topCandidates: chosen.map((entry) => ({
        candidates: others.map((rank) => ({
          ...entry,
          token: rank === 0 ? entry.token : `${entry.token}${rank}`,
          logProbability: entry.logProbability - rank * 1.7,
        })),
      })),
    },
  };
}
