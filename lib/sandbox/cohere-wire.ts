import { cohereFailureOf, cohereMessageOf } from "@/lib/sandbox/cohere-failures";
import { cohereQuestion } from "@/lib/sandbox/cohere-question";
import { type CohereRequest, parseCohereRequest } from "@/lib/sandbox/cohere-request";
import type { Answer, AnswerPart, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import { countTokens, splitTokens } from "@/lib/sandbox/tokens";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";

/** Cohere's chat, version 2. */
export const cohereWire: Wire = {
  hasKey: ({ headers }) => /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: ({ requestId }) => ({ "x-debug-trace-id": requestId }),
  failureOf: cohereFailureOf,
  read(body, call) {
    const request = parseCohereRequest(body, call);
    const writer = createWriter(request, call);
    return {
      question: cohereQuestion(request, call),
      caching: "automatic",
      isStream: request.stream,
      streamContentType: "text/event-stream",
      json: writer.json,
      frames: writer.frames,
      errorFrame: (status) =>
        event({ type: "message-end", delta: { finish_reason: "ERROR", error: cohereMessageOf(status) } }),
      garbageFrame: () => 'event: content-delta\ndata: {"type":"content-delta","index":0,"delta":{"mess\n\n',
    };
  },
};

const FINISH_REASONS = {
  stop: "COMPLETE",
  stopSequence: "STOP_SEQUENCE",
  length: "MAX_TOKENS",
  toolCalls: "TOOL_CALL",
  refused: "ERROR_TOXIC",
} as const satisfies Record<Answer["finish"], string>;

function event(data: { type: string } & Record<string, unknown>): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function createWriter(request: CohereRequest, call: Call) {
  const random = seededRandom(hashOf(`${call.provider}:${request.model}`));
  const callOf = (part: Extract<AnswerPart, { kind: "toolCall" }>, index: number, input: string) => ({
    id: `${part.name}_${call.requestId}${index}`,
    type: "function",
    function: { name: part.name, arguments: input },
  });
  const frame = (data: { type: string } & Record<string, unknown>, tokens = 0): Frame => ({
    bytes: event(data),
    tokens,
  });

  function* frames(answer: Answer, usage: Usage): Generator<Frame> {
    const message = { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] };
    yield frame({ type: "message-start", id: call.requestId, delta: { message } });
    const isPlan = hasCalls(answer);
    let index = 0;
    let calls = 0;
    for (const part of answer.parts) {
      if (part.kind === "image") continue;
      if (part.kind === "toolCall") yield* callFrames(part, calls++);
      else if (part.kind === "text" && isPlan) yield* planFrames(part.text);
      else yield* textFrames(part, index++);
    }
    const delta = { finish_reason: FINISH_REASONS[answer.finish], usage: usageOf(usage) };
    yield frame({ type: "message-end", delta });
  }

  function* planFrames(plan: string): Generator<Frame> {
    for (const { text, tokens } of streamPieces(plan, random)) {
      yield frame({ type: "tool-plan-delta", delta: { message: { tool_plan: text } } }, tokens.length);
    }
  }

  function* textFrames(part: Extract<AnswerPart, { kind: "text" | "reasoning" }>, index: number): Generator<Frame> {
    const name = part.kind === "text" ? "text" : "thinking";
    yield frame({ type: "content-start", index, delta: { message: { content: { type: name, [name]: "" } } } });
    for (const { text, tokens } of streamPieces(part.text, random)) {
      const delta = { message: { content: { [name]: text } } };
      const logprobs = part.kind === "text" && request.logprobs === true ? { logprobs: logprobOf(tokens) } : {};
      yield frame({ type: "content-delta", index, delta, ...logprobs }, tokens.length);
    }
    yield frame({ type: "content-end", index });
  }

  function* callFrames(part: Extract<AnswerPart, { kind: "toolCall" }>, index: number): Generator<Frame> {
    const opening = { message: { tool_calls: callOf(part, index, "") } };
    yield frame({ type: "tool-call-start", index, delta: opening }, countTokens(part.name));
    for (const { text, tokens } of streamPieces(JSON.stringify(part.arguments), random)) {
      const delta = { message: { tool_calls: { function: { arguments: text } } } };
      yield frame({ type: "tool-call-delta", index, delta }, tokens.length);
    }
    yield frame({ type: "tool-call-end", index });
  }

  const json = (answer: Answer, usage: Usage) => {
    const isPlan = hasCalls(answer);
    const text = answer.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
    const content = answer.parts.flatMap((part): Record<string, string>[] => {
      if (part.kind === "reasoning") return [{ type: "thinking", thinking: part.text }];
      return part.kind === "text" && !isPlan ? [{ type: "text", text: part.text }] : [];
    });
    const calls = answer.parts.flatMap((part) => (part.kind === "toolCall" ? [part] : []));
    return {
      id: call.requestId,
      message: {
        role: "assistant",
        ...(content.length === 0 ? {} : { content }),
        ...(isPlan ? { tool_plan: text } : {}),
        ...(isPlan
          ? { tool_calls: calls.map((part, index) => callOf(part, index, JSON.stringify(part.arguments))) }
          : {}),
      },
      finish_reason: FINISH_REASONS[answer.finish],
      usage: usageOf(usage),
      ...(request.logprobs === true ? { logprobs: splitTokens(text).map((token) => logprobOf([token])) } : {}),
    };
  };

  return { json, frames };
}

function hasCalls(answer: Answer): boolean {
  return answer.parts.some(({ kind }) => kind === "toolCall");
}

/** Likelihoods that are steady for a token, most of them near certain. */
function logprobOf(tokens: readonly string[]) {
  return { text: tokens.join(""), logprobs: tokens.map((token) => -(hashOf(token) % 400) / 1000) };
}

function usageOf(usage: Usage) {
  const counts = { input_tokens: usage.promptTokens, output_tokens: usage.completionTokens };
  return { billed_units: counts, tokens: counts, cached_tokens: usage.cachedTokens };
}
