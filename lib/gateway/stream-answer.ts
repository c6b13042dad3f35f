import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { sseComment } from "@/lib/sse/encode-sse";
import { endingOf } from "./answer-ending";
import { identityOf } from "./answer-identity";
import type { OpenedAnswer } from "./attempt-candidates";
import type { ClientSignal } from "./client-signal";
import type { StreamWriter } from "./doors/door";
import type { GenerationContext } from "./generation-context";
import { type MeteredAnswer, meterAnswer } from "./meter-answer";
import { asAppError } from "./render-error";
import { renderRouterMetadata } from "./router-metadata";
import { settleGeneration } from "./settle-generation";

/** What waiting clients are told, in OpenRouter's words, which some clients look for. */
export const PROCESSING_COMMENT = sseComment("OPENROUTER PROCESSING");
/** Until then a failure can still be a plain HTTP error; after that the waiting client hears from us. */
export const COMMENT_AFTER_MS = 1_000;
const COMMENT_EVERY_MS = 10_000;

/**
 * Gives an answer as server-sent events in the form that the request's door has for it. Content goes out as it comes;
 * the finish reason, the usage and the end only after the charge is committed.
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

type Opening = Promise<{ answer: OpenedAnswer } | { error: AppError }>;
type Event = IteratorResult<string>;

const DONE: Event = { value: undefined, done: true };

/** An iterator by hand and not a generator, as is every layer that each chunk passes (see tap-stream.ts). */
class AnswerEvents implements AsyncIterableIterator<string> {
  private readonly context: GenerationContext;
  private readonly client: ClientSignal;
  /** While nobody has begun to answer. */
  private opening: Opening | undefined;
  /** While the answer comes. */
  private open: { metered: MeteredAnswer; writer: StreamWriter } | undefined;
  private hasWaited = false;
  private lastSentMs = performance.now();

  constructor(context: GenerationContext, opening: OpenedAnswer | Promise<OpenedAnswer>, client: ClientSignal) {
    this.context = context;
    this.client = client;
    if (opening instanceof Promise) {
      this.opening = opening.then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error: asAppError(error) }),
      );
    } else {
      this.begin(opening);
    }
  }

  next(): Promise<Event> {
    if (this.open !== undefined) return this.open.metered.stream.next().then(this.onGroup);
    return this.opening === undefined ? Promise.resolve(DONE) : this.waitFor(this.opening);
  }

  async return(): Promise<Event> {
    this.opening = undefined;
    await this.open?.metered.stream.return?.();
    this.open = undefined;
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private begin(answer: OpenedAnswer): void {
    this.open = {
      metered: meterAnswer(answer, this.client),
      writer: this.context.form.stream(identityOf(this.context, answer.candidate)),
    };
  }

  /** Gives comments, one at once, until somebody answers or everybody has failed. */
  private async waitFor(opening: Opening): Promise<Event> {
    const opened = this.hasWaited ? await within(opening, COMMENT_EVERY_MS) : undefined;
    this.hasWaited = true;
    if (opened === undefined) return { value: PROCESSING_COMMENT, done: false };
    this.opening = undefined;
    if ("error" in opened) return { value: this.refuse(opened.error), done: false };
    this.begin(opened.answer);
    return this.next();
  }

  private refuse(error: AppError): string {
    const { form, hold, wantsRouterMetadata, route } = this.context;
    const writer = form.stream(identityOf(this.context, hold.candidates[0]));
    return writer.refuse(error, wantsRouterMetadata ? renderRouterMetadata(route) : undefined);
  }

  private readonly onGroup = ({ value, done }: IteratorResult<readonly ChatChunk[]>): Event | Promise<Event> => {
    if (done === true) return this.finish();
    let text = this.open?.writer.write(value) ?? "";
    const nowMs = performance.now();
    // Reasoning that is not shown may take minutes, and a client that hears nothing hangs up.
    if (text === "" && nowMs - this.lastSentMs > COMMENT_EVERY_MS) text = PROCESSING_COMMENT;
    if (text === "") return this.next();
    this.lastSentMs = nowMs;
    return { value: text, done: false };
  };

  private async finish(): Promise<Event> {
    const { open } = this;
    this.open = undefined;
    if (open === undefined) return DONE;
    const outcome = open.metered.outcome();
    const settled = await settleGeneration(this.context, outcome);
    if (outcome.end.kind === "aborted") return DONE;
    return { value: open.writer.end(endingOf(this.context, outcome, settled)), done: false };
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
