import { bedrockExceptionOf, bedrockFailureOf } from "@/lib/sandbox/bedrock-failures";
import { bedrockQuestion } from "@/lib/sandbox/bedrock-question";
import { parseBedrockRequest } from "@/lib/sandbox/bedrock-request";
import type { Answer, AnswerPart, Usage } from "@/lib/sandbox/question";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { signReasoning } from "@/lib/sandbox/signatures";
import { streamPieces } from "@/lib/sandbox/stream-pieces";
import { countTokens } from "@/lib/sandbox/tokens";
import type { Call, Frame, Wire } from "@/lib/sandbox/wire";
import { encodeEventStream } from "@/lib/sse/event-stream-parser";

/** Amazon Bedrock's Converse; its streams are framed in binary. */
export const bedrockWire: Wire = {
  hasKey: ({ headers }) => /^(bearer|aws4-hmac-sha256)\s+\S/i.test(headers.authorization ?? ""),
  headers: ({ requestId }) => ({ "x-amzn-requestid": requestId }),
  failureOf: bedrockFailureOf,
  read(body, call) {
    const question = bedrockQuestion(parseBedrockRequest(body), call);
    const writer = createWriter(question.model, call);
    return {
      question,
      caching: "marked",
      isStream: call.isStreamPath,
      streamContentType: "application/vnd.amazon.eventstream",
      json: writer.json,
      frames: writer.frames,
      errorFrame: (status) => {
        const { type, message } = bedrockExceptionOf(status);
        const name = type.charAt(0).toLowerCase() + type.slice(1);
        return encodeEventStream({ event: `exception:${name}`, data: JSON.stringify({ message }) });
      },
      garbageFrame: () =>
        encodeEventStream({ event: "contentBlockDelta", data: '{"contentBlockIndex":0,"delta":{"tex' }),
    };
  },
};

const STOP_REASONS = {
  stop: "end_turn",
  stopSequence: "stop_sequence",
  length: "max_tokens",
  toolCalls: "tool_use",
  refused: "content_filtered",
} as const satisfies Record<Answer["finish"], string>;

function createWriter(model: string, call: Call) {
  const random = seededRandom(hashOf(`${call.provider}:${model}`));
  const toolUseId = (index: number) => `tooluse_${call.requestId}${index}`;
  // Only Claude signs its reasoning here.
  const signatureOf = (text: string) => (model.includes("claude") ? signReasoning("anthropic", text) : undefined);

  function* frames(answer: Answer, usage: Usage): Generator<Frame> {
    yield frame("messageStart", { role: "assistant" }, 0);
    let contentBlockIndex = 0;
    for (const part of answer.parts) {
      if (part.kind === "image") continue;
      yield* blockFrames(part, contentBlockIndex);
      yield frame("contentBlockStop", { contentBlockIndex }, 0);
      contentBlockIndex += 1;
    }
    yield frame("messageStop", { stopReason: STOP_REASONS[answer.finish] }, 0);
    yield frame("metadata", { usage: usageOf(usage), metrics: { latencyMs: 0 } }, 0);
  }

  function* blockFrames(part: Exclude<AnswerPart, { kind: "image" }>, contentBlockIndex: number): Generator<Frame> {
    const delta = (fields: Record<string, unknown>, tokens: number) =>
      frame("contentBlockDelta", { contentBlockIndex, delta: fields }, tokens);
    switch (part.kind) {
      case "text":
        for (const { text, tokens } of streamPieces(part.text, random)) yield delta({ text }, tokens.length);
        return;
      case "reasoning": {
        for (const { text, tokens } of streamPieces(part.text, random)) {
          yield delta({ reasoningContent: { text } }, tokens.length);
        }
        const signature = signatureOf(part.text);
        if (signature !== undefined) yield delta({ reasoningContent: { signature } }, 0);
        return;
      }
      case "toolCall": {
        const toolUse = { toolUseId: toolUseId(contentBlockIndex), name: part.name };
        yield frame("contentBlockStart", { contentBlockIndex, start: { toolUse } }, countTokens(part.name));
        for (const { text, tokens } of streamPieces(JSON.stringify(part.arguments), random)) {
          yield delta({ toolUse: { input: text } }, tokens.length);
        }
      }
    }
  }

  const json = (answer: Answer, usage: Usage) => ({
    metrics: { latencyMs: 0 },
    output: {
      message: {
        role: "assistant",
        content: answer.parts.flatMap((part) => (part.kind === "image" ? [] : [part])).map(blockOf),
      },
    },
    stopReason: STOP_REASONS[answer.finish],
    usage: usageOf(usage),
  });

  function blockOf(part: Exclude<AnswerPart, { kind: "image" }>, index: number) {
    switch (part.kind) {
      case "text":
        return { text: part.text };
      case "reasoning": {
        const signature = signatureOf(part.text);
        const reasoningText = { text: part.text, ...(signature === undefined ? {} : { signature }) };
        return { reasoningContent: { reasoningText } };
      }
      case "toolCall":
        return { toolUse: { toolUseId: toolUseId(index), name: part.name, input: part.arguments } };
    }
  }

  return { json, frames };
}

function frame(event: string, data: unknown, tokens: number): Frame {
  return { bytes: encodeEventStream({ event, data: JSON.stringify(data) }), tokens };
}

/** What was read from and written to the cache is counted beside `inputTokens`. */
function usageOf(usage: Usage) {
  const written = usage.cacheWriteTokens["5m"] + usage.cacheWriteTokens["1h"];
  return {
    inputTokens: usage.promptTokens - usage.cachedTokens - written,
    outputTokens: usage.completionTokens,
    totalTokens: usage.promptTokens + usage.completionTokens,
    cacheReadInputTokens: usage.cachedTokens,
    cacheWriteInputTokens: written,
  };
}
