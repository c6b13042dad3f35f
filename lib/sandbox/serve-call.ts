import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { composeAnswer, silentAnswer } from "@/lib/sandbox/compose-answer";
import type { FaultDecision } from "@/lib/sandbox/fault-board";
import { createPatience, type Pace, type Patience, wholeAnswerMs } from "@/lib/sandbox/pacing";
import type { PromptCache } from "@/lib/sandbox/prompt-cache";
import type { Answer, Usage } from "@/lib/sandbox/question";
import { type Call, type Failure, type Reply, type TaskReply, type Wire, WireRefusal } from "@/lib/sandbox/wire";

/** One call and all that decides how it goes. */
export type Exchange = {
  wire: Wire;
  call: Call;
  body: string;
  response: ServerResponse;
  decision: FaultDecision;
  pace: Pace;
  cache: PromptCache;
};

/** Nobody who tries the sandbox wants to wait for a picture as long as for so many words: it takes as long as these. */
const PICTURE_PACE_TOKENS = 250;

/** A stream that never has to wait gives other connections a turn after so many chunks. */
const CHUNKS_PER_TURN = 256;

/**
 * Answers one authenticated call the way its provider would, or the way its fault says. Stops at once when the client
 * goes away.
 */
export async function serveCall(exchange: Exchange): Promise<void> {
  const { wire, call, response, decision, pace } = exchange;
  const { fault, extraLatencyMs } = decision;
  const patience = createPatience(response);
  if (!(await patience.wait(extraLatencyMs))) return;
  if (fault.kind === "reset") {
    response.socket?.destroy();
    return;
  }
  if (fault.kind === "stall" && fault.afterChunks === null) return patience.untilGone();
  if (fault.kind === "error" && fault.afterChunks === null) return sendStatus(exchange, fault);

  const reply = readCall(exchange);
  if ("failure" in reply) return sendFailure(exchange, reply.failure);
  if ("taskAnswer" in reply) return serveTask(exchange, reply, patience);
  if (fault.kind === "empty" && fault.what === "body") {
    const contentType = reply.isStream ? reply.streamContentType : "application/json";
    response.writeHead(200, { ...wire.headers(call), "content-type": contentType }).end();
    return;
  }
  const { answer, usage } = answerTo(exchange, reply);
  if (reply.isStream) {
    if (await patience.wait(pace.firstTokenMs)) await sendStream(exchange, reply, answer, usage, patience);
    return;
  }
  if (fault.kind === "stall") return patience.untilGone();
  if (!(await patience.wait(wholeAnswerMs(pace, answer.completionTokens)))) return;
  if (fault.kind === "error") return sendStatus(exchange, fault);
  await sendWhole(exchange, JSON.stringify(reply.json(answer, usage)), patience);
}

async function serveTask(exchange: Exchange, { taskAnswer }: TaskReply, patience: Patience): Promise<void> {
  const { wire, call, response, decision, pace } = exchange;
  const { fault } = decision;
  if (fault.kind === "stall") return patience.untilGone();
  if (!(await patience.wait(pace.firstTokenMs))) return;
  if (fault.kind === "error") return sendStatus(exchange, fault);
  if (fault.kind !== "empty") return sendWhole(exchange, JSON.stringify(taskAnswer), patience);
  response.writeHead(200, { ...wire.headers(call), "content-type": "application/json" }).end();
}

/** Sends a failure as it is. */
export function sendFailure(
  { wire, call, response }: Pick<Exchange, "wire" | "call" | "response">,
  failure: Failure,
): void {
  const body = JSON.stringify(failure.body, null, 2);
  response
    .writeHead(failure.status, {
      ...wire.headers(call),
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      ...failure.headers,
    })
    .end(body);
}

function sendStatus(exchange: Exchange, fault: { status: number; retryAfterSeconds: number | null }): void {
  const { status, retryAfterSeconds } = fault;
  sendFailure(exchange, exchange.wire.failureOf({ kind: "status", status, retryAfterSeconds }, exchange.call));
}

function readCall({ wire, call, body }: Exchange): Reply | TaskReply | { failure: Failure } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    const detail = error instanceof SyntaxError ? error.message : "not JSON";
    return { failure: wire.failureOf({ kind: "invalidJson", detail }, call) };
  }
  try {
    return wire.read(parsed, call);
  } catch (error) {
    if (error instanceof WireRefusal) return { failure: error.failure };
    throw error;
  }
}

function answerTo({ call, decision, cache }: Exchange, { question, caching }: Reply): { answer: Answer; usage: Usage } {
  const scope = `${call.provider}/${question.model}`;
  const read = caching === "marked" ? cache.readMarked : cache.readAutomatic;
  const counted = read(scope, question.prompt);
  const { kind } = decision.fault;
  const answer =
    kind === "empty" || kind === "refuse"
      ? silentAnswer(kind === "empty" ? "stop" : "refused")
      : composeAnswer(question, counted.promptTokens);
  const { completionTokens, reasoningTokens, imageTokens } = answer;
  return { answer, usage: { ...counted, completionTokens, reasoningTokens, imageTokens } };
}

async function sendWhole(exchange: Exchange, body: string, patience: Patience): Promise<void> {
  const {
    wire,
    call,
    response,
    decision: { fault },
  } = exchange;
  const headers = { ...wire.headers(call), "content-type": "application/json" };
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, bytes.length >> 1);
  if (fault.kind === "truncate") {
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(half);
    return cutOff(response, patience);
  }
  const sent = fault.kind === "garbage" ? half : bytes;
  response.writeHead(200, { ...headers, "content-length": sent.length }).end(sent);
}

async function sendStream(
  { wire, call, response, decision, pace }: Exchange,
  reply: Reply,
  answer: Answer,
  usage: Usage,
  patience: Patience,
): Promise<void> {
  const { slowChunkMs } = decision;
  let { fault } = decision;
  response.writeHead(200, {
    ...wire.headers(call),
    "content-type": reply.streamContentType,
    "cache-control": "no-cache",
  });
  response.flushHeaders();
  let chunks = 0;
  // Waits are measured against a schedule, so that a late timer does not slow the whole stream down.
  let dueMs = performance.now();
  for (const frame of reply.frames(answer, usage)) {
    const hasBegun = frame.tokens > 0 || chunks > 0;
    if (hasBegun && "afterChunks" in fault && fault.afterChunks !== null && chunks >= fault.afterChunks) {
      if (fault.kind === "stall") return patience.untilGone();
      if (fault.kind === "truncate") return cutOff(response, patience);
      if (fault.kind === "error") {
        response.end(reply.errorFrame(fault.status, chunks === 0));
        return;
      }
      response.write(reply.garbageFrame(chunks === 0));
      fault = { kind: "none" };
    }
    if (frame.tokens > 0) {
      dueMs += slowChunkMs + (chunks > 0 ? Math.min(frame.tokens, PICTURE_PACE_TOKENS) * pace.tokenMs : 0);
      if (!(await patience.wait(dueMs - performance.now()))) return;
      chunks += 1;
    }
    if (!response.write(frame.bytes) && !(await patience.drained())) return;
    if (chunks % CHUNKS_PER_TURN === CHUNKS_PER_TURN - 1) await nextTurn();
    if (!patience.isOpen()) return;
  }
  response.end();
}

/** Closes the socket without ending the answer, once all that was written before has left. */
async function cutOff(response: ServerResponse, patience: Patience): Promise<void> {
  while (response.writableLength > 0 && (await patience.wait(1)));
  response.socket?.destroy();
}
