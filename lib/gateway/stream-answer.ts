import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta, ErrorBody, FinishReason, Logprobs } from "@/lib/schemas/chat-completion";
import { SSE_DONE, sseComment, sseData } from "@/lib/sse/encode-sse";
import type { OpenedAnswer } from "./attempt-candidates";
import type { ClientSignal } from "./client-signal";
import { finishReasonOf, hidesReasoning, midStreamError } from "./finish-answer";
import type { GenerationContext } from "./generation-context";
import { type MeteredAnswer, meterAnswer } from "./meter-answer";
import { asAppError, errorBodyOf } from "./render-error";
import { renderUsage } from "./render-usage";
import { renderRouterMetadata } from "./router-metadata";
import { settleGeneration } from "./settle-generation";

/** What waiting clients are told, in OpenRouter's words, which some clients look for. */
export const PROCESSING_COMMENT = sseComment("OPENROUTER PROCESSING");
/** Until then a failure can still be a plain HTTP error; after that the waiting client hears from us. */
export const COMMENT_AFTER_MS = 1_000;
const COMMENT_EVERY_MS = 10_000;

/**
 * Renders an answer as server-sent events. Content goes out as it comes; the finish reason, the usage and the end only
 * after the charge is committed.
 *
 * @param opening may still be pending: comments are sent until it settles. When it fails, the error is an event.
 */
export function streamAnswer(
  context: GenerationContext,
  opening: OpenedAnswer | Promise<OpenedAnswer>,
  client: ClientSignal,
): AsyncIterableIterator<string> {
  return new AnswerEvents(context, opening, client);
}

type Opening = Promise<{ answer: OpenedAnswer } | { error: ErrorBody }>;
type Event = IteratorResult<string>;

const DONE: Event = { value: undefined, done: true };

/** An iterator by hand and not a generator, as is every layer that each chunk passes (see tap-stream.ts). */
class AnswerEvents implements AsyncIterableIterator<string> {
  private readonly context: GenerationContext;
  private readonly client: ClientSignal;
  private readonly hideReasoning: boolean;
  /** While nobody has begun to answer. */
  private opening: Opening | undefined;
  /** While the answer comes. */
  private metered: MeteredAnswer | undefined;
  /** A chunk's JSON up to its choices: all chunks of an answer share it. */
  private head = "";
  private hasWaited = false;
  private lastSentMs = performance.now();

  constructor(context: GenerationContext, opening: OpenedAnswer | Promise<OpenedAnswer>, client: ClientSignal) {
    this.context = context;
    this.client = client;
    this.hideReasoning = hidesReasoning(context.request);
    if (opening instanceof Promise) {
      this.opening = opening.then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error: errorBodyOf(asAppError(error)) }),
      );
    } else {
      this.begin(opening);
    }
  }

  next(): Promise<Event> {
    if (this.metered !== undefined) return this.metered.stream.next().then(this.onGroup);
    return this.opening === undefined ? Promise.resolve(DONE) : this.waitFor(this.opening);
  }

  async return(): Promise<Event> {
    this.opening = undefined;
    await this.metered?.stream.return?.();
    this.metered = undefined;
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private begin(answer: OpenedAnswer): void {
    const { model, endpoint } = answer.candidate;
    this.head = headOf(this.context, model.id, endpoint.provider.name);
    this.metered = meterAnswer(answer, this.client);
  }

  /** Gives comments, one at once, until somebody answers or everybody has failed. */
  private async waitFor(opening: Opening): Promise<Event> {
    const opened = this.hasWaited ? await within(opening, COMMENT_EVERY_MS) : undefined;
    this.hasWaited = true;
    if (opened === undefined) return { value: PROCESSING_COMMENT, done: false };
    this.opening = undefined;
    if ("error" in opened) return { value: this.renderFailure(opened.error), done: false };
    this.begin(opened.answer);
    return this.next();
  }

  private renderFailure(error: ErrorBody): string {
    const [{ model, endpoint }] = this.context.hold.candidates;
    const head = headOf(this.context, model.id, endpoint.provider.name);
    return (
      sseData(`${head}${finishChoice("error", "error")},"error":${JSON.stringify(error)}${this.metadata()}}`) + SSE_DONE
    );
  }

  /** The route, for those who asked for it, on the last chunk. */
  private metadata(): string {
    const { wantsRouterMetadata, route } = this.context;
    return wantsRouterMetadata ? `,"openrouter_metadata":${JSON.stringify(renderRouterMetadata(route))}` : "";
  }

  private readonly onGroup = ({ value, done }: IteratorResult<readonly ChatChunk[]>): Event | Promise<Event> => {
    if (done === true) return this.finish();
    let text = "";
    for (const { delta, logprobs } of value) {
      const shown = shownDelta(delta, this.hideReasoning);
      if (shown !== undefined || logprobs !== undefined)
        text += sseData(this.head + deltaChoice(shown ?? {}, logprobs));
    }
    const nowMs = performance.now();
    // Reasoning that is not shown may take minutes, and a client that hears nothing hangs up.
    if (text === "" && nowMs - this.lastSentMs > COMMENT_EVERY_MS) text = PROCESSING_COMMENT;
    if (text === "") return this.next();
    this.lastSentMs = nowMs;
    return { value: text, done: false };
  };

  private async finish(): Promise<Event> {
    const { metered } = this;
    this.metered = undefined;
    if (metered === undefined) return DONE;
    const outcome = metered.outcome();
    const settled = await settleGeneration(this.context, outcome);
    const { end, nativeFinishReason } = outcome;
    if (end.kind === "aborted") return DONE;

    const finish = finishReasonOf(outcome);
    const error = end.kind === "failed" ? `,"error":${JSON.stringify(midStreamError(end.failure))}` : "";
    const value =
      sseData(`${this.head}${finishChoice(finish, nativeFinishReason ?? finish)}${error}}`) +
      sseData(`${this.head}"choices":[],"usage":${JSON.stringify(renderUsage(settled))}${this.metadata()}}`) +
      SSE_DONE;
    return { value, done: false };
  }
}

/** What a promise gives, or `undefined` when that takes longer. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined);
  });
  const value = await Promise.race([promise, limit]);
  clearTimeout(timer);
  return value;
}

function headOf(context: GenerationContext, model: string, provider: string): string {
  const json = JSON.stringify({
    id: context.id,
    object: "chat.completion.chunk",
    created: context.createdSeconds,
    model,
    provider,
  });
  return `${json.slice(0, -1)},`;
}

function deltaChoice(delta: ChatDelta, logprobs: Logprobs | undefined): string {
  const content = delta.content ?? (delta.tool_calls === undefined ? "" : null);
  const json = isContentOnly(delta)
    ? `{"role":"assistant","content":${JSON.stringify(content)}}`
    : JSON.stringify({ role: "assistant", ...delta, content });
  const probabilities = logprobs === undefined ? "null" : JSON.stringify(logprobs);
  return `"choices":[{"index":0,"delta":${json},"finish_reason":null,"native_finish_reason":null,"logprobs":${probabilities}}]}`;
}

/** The commonest delta by far: it is written without a copy of it. */
function isContentOnly(delta: ChatDelta): boolean {
  for (const name in delta) if (name !== "content") return false;
  return true;
}

/** The closing choice, without the chunk's last brace: an error may follow. */
function finishChoice(finish: FinishReason, native: string): string {
  return `"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":${JSON.stringify(finish)},"native_finish_reason":${JSON.stringify(native)},"logprobs":null}]`;
}

/** The delta as the caller sees it; `undefined` when nothing of it is shown. */
function shownDelta(delta: ChatDelta | undefined, hideReasoning: boolean): ChatDelta | undefined {
  if (delta === undefined || !hideReasoning) return delta;
  if (delta.reasoning === undefined && delta.reasoning_details === undefined) return delta;
  const { reasoning: _text, reasoning_details: _details, ...shown } = delta;
  const isEmpty = Object.entries(shown).every(([key, value]) => key === "role" || value === "" || value === null);
  return isEmpty ? undefined : shown;
}
