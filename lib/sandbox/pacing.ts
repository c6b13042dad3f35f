import type { ServerResponse } from "node:http";
import { profileOf } from "@/lib/sandbox/profile-of";

export type Speed = "believable" | "instant";

/** How long one request takes, jitter drawn. */
export type Pace = { firstTokenMs: number; tokenMs: number };

/** An answer that is not streamed takes no longer than this, however many tokens it has. */
const MAX_WHOLE_ANSWER_MS = 3000;

/** A provider's profile with up to 30 % of jitter either way; nothing at all at `instant`. */
export function paceOf(provider: string, speed: Speed, random: () => number): Pace {
  if (speed === "instant") return { firstTokenMs: 0, tokenMs: 0 };
  const { firstTokenMs, tokensPerSecond } = profileOf(provider);
  const jitter = () => 0.7 + random() * 0.6;
  return { firstTokenMs: firstTokenMs * jitter(), tokenMs: (1000 / tokensPerSecond) * jitter() };
}

/** How long an answer of so many tokens takes when it is sent as a whole. */
export function wholeAnswerMs(pace: Pace, completionTokens: number): number {
  return Math.min(pace.firstTokenMs + pace.tokenMs * completionTokens, MAX_WHOLE_ANSWER_MS);
}

/** Waiting on behalf of a client: every wait ends, its timer cleared, as soon as the client is gone. */
export type Patience = {
  isOpen(): boolean;
  /** Waits so long (not at all for 0 or less). @returns whether the client is still there */
  wait(delayMs: number): Promise<boolean>;
  /** Waits until the socket takes more. @returns whether the client is still there */
  drained(): Promise<boolean>;
  /** Waits until the client gives up. */
  untilGone(): Promise<void>;
};

export function createPatience(response: ServerResponse): Patience {
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  let wake: (() => void) | undefined;
  response.once("close", () => {
    isOpen = false;
    clearTimeout(timer);
    wake?.();
  });
  const asleep = (start: (resolve: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
  return {
    isOpen: () => isOpen,
    async wait(delayMs) {
      if (!isOpen || delayMs <= 0) return isOpen;
      await asleep((resolve) => {
        timer = setTimeout(resolve, delayMs);
      });
      return isOpen;
    },
    async drained() {
      if (isOpen) await asleep((resolve) => response.once("drain", resolve));
      return isOpen;
    },
    async untilGone() {
      if (isOpen) await asleep(() => {});
    },
  };
}
