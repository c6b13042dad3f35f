import type { ChatCompletionChunk } from "@/lib/schemas/chat-completion";
import type { Answer, FileReference, Round, ToolStep } from "@/lib/schemas/chatroom";
import { failedWith, finished, newRound, withChunk } from "./answer-events";
import type { RequestBody } from "./build-request";
import { ConnectionLost } from "./stream-errors";
import type { ToolOutcome } from "./tool-box";

/** How a completion is asked for, or one that goes on at the server heard again. */
export type StreamSource = { body: RequestBody; streamId: string } | { resume: string };

export type AnswerRun = {
  stream: (source: StreamSource, signal: AbortSignal) => AsyncIterable<readonly ChatCompletionChunk[]>;
  /** The request for what comes after these rounds. */
  build: (rounds: readonly Round[]) => Promise<RequestBody>;
  runTool: (step: ToolStep, signal: AbortSignal) => Promise<ToolOutcome>;
  saveImage: (url: string) => FileReference;
  newId: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called for every change; drawing is the caller's to pace. */
  onChange: (answer: Answer) => void;
  signal: AbortSignal;
};

/** Whoever calls tools so often goes in circles. */
const MAX_ROUNDS = 12;

/** What a refused request says of itself. */
type Refusal = { body: { code: number; message: string; metadata?: Record<string, unknown> | undefined } };

/**
 * Brings an answer to its end: asks, hears, runs the tools that are called, and asks again. Never throws; how it went is
 * the answer's state.
 *
 * @param answer with an empty last round, to be asked for, or with a last round to be heard again
 */
export async function runAnswer(answer: Answer, mode: "ask" | "resume", run: AnswerRun): Promise<Answer> {
  // What was answered before counts for one that goes on; the time between does not.
  const startedMs = mode === "resume" ? answer.createdMs : run.now() - (answer.totalMs ?? 0);
  let current = answer;
  const change = (next: Answer) => {
    current = next;
    run.onChange(next);
  };
  try {
    for (let isResumed = mode === "resume"; ; isResumed = false) {
      await hearRound(current, isResumed, startedMs, run, change);
      change(finished(current));
      if (current.state.kind !== "tools") return current;
      await runTools(current, run, change);
      if (current.rounds.length >= MAX_ROUNDS) {
        change({
          ...current,
          state: { kind: "failed", status: 0, message: `Stopped after ${MAX_ROUNDS} rounds of tools.` },
        });
        return current;
      }
      change({ ...current, state: { kind: "waiting" }, rounds: [...current.rounds, newRound(run.newId())] });
    }
  } catch (error) {
    change(brokenOff(current, error, run.signal));
    return current;
  }
}

async function hearRound(
  answer: Answer,
  isResumed: boolean,
  startedMs: number,
  run: AnswerRun,
  change: (answer: Answer) => void,
): Promise<void> {
  const round = answer.rounds.at(-1) ?? newRound(run.newId());
  const earlier = answer.rounds.slice(0, -1);
  let current: Answer = answer;
  const source: StreamSource = isResumed
    ? { resume: round.streamId }
    : { body: await run.build(earlier), streamId: round.streamId };
  let isFirst = isResumed;
  for await (const chunks of run.stream(source, run.signal)) {
    if (isFirst) {
      // The server tells all of it once more, from the beginning.
      current = { ...current, state: { kind: "streaming" }, rounds: [...earlier, newRound(round.streamId)] };
      isFirst = false;
    }
    const elapsedMs = run.now() - startedMs;
    for (const chunk of chunks) current = withChunk(current, chunk, elapsedMs, run.saveImage);
    change(current);
  }
}

async function runTools(answer: Answer, run: AnswerRun, change: (answer: Answer) => void): Promise<void> {
  let current = answer;
  const steps = answer.rounds.at(-1)?.toolSteps ?? [];
  await Promise.all(
    steps.map(async (step, index) => {
      const outcome = await run.runTool(step, run.signal);
      run.signal.throwIfAborted();
      current = withStep(current, index, outcome);
      change(current);
    }),
  );
}

function withStep(answer: Answer, index: number, outcome: ToolOutcome): Answer {
  const round = answer.rounds.at(-1);
  if (round === undefined) return answer;
  const toolSteps = round.toolSteps.map((step, at) => (at === index ? { ...step, ...outcome } : step));
  return { ...answer, rounds: [...answer.rounds.slice(0, -1), { ...round, toolSteps }] };
}

function brokenOff(answer: Answer, error: unknown, signal: AbortSignal): Answer {
  if (signal.aborted) return { ...answer, state: { kind: "stopped" } };
  if (error instanceof ConnectionLost) return { ...answer, state: { kind: "lost" } };
  if (isRefusal(error)) {
    const { code, message, metadata } = error.body;
    return { ...answer, state: failedWith({ code, message, ...(metadata === undefined ? {} : { metadata }) }) };
  }
  return { ...answer, state: { kind: "failed", status: 0, message: "The answer could not be read." } };
}

function isRefusal(error: unknown): error is Error & Refusal {
  if (!(error instanceof Error) || !("body" in error)) return false;
  const { body } = error;
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "number" && "message" in body
  );
}
