"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { labRequestsQuery } from "@/lib/queries/lab";
import { CompletionRefused, streamCompletion } from "@/lib/queries/stream-completion";

/** One test request, as far as it has come. */
export type TestResult =
  | { kind: "served"; id: string; provider: string }
  /** The provider's or the gateway's error, in its words; `id` and `provider` where the answer had begun. */
  | { kind: "failed"; id: string | null; provider: string | null; message: string };

export type TestRun = { asked: number; results: readonly TestResult[]; isRunning: boolean };

/** A browser opens six connections to a server; one is left for the page itself. */
const AT_ONCE = 5;
const MAX_TOKENS = 48;

/** Sends test requests through the pipeline that all requests pass, as whoever is signed in. */
export function useTestRequests() {
  const client = useQueryClient();
  const [run, setRun] = useState<TestRun | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const fire = async (model: string, count: number): Promise<void> => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setRun({ asked: count, results: [], isRunning: true });
    let left = count;
    const sendSome = async () => {
      while (left > 0 && !abort.signal.aborted) {
        left -= 1;
        const result = await sendOne(model, count - left, abort.signal);
        if (abort.signal.aborted) return;
        setRun((now) => (now === null ? null : { ...now, results: [...now.results, result] }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
    if (running.current !== abort) return;
    running.current = null;
    setRun((now) => (now === null ? null : { ...now, isRunning: false }));
    await client.invalidateQueries({ queryKey: labRequestsQuery().queryKey });
  };

  return { run, fire, stop: () => running.current?.abort() ?? undefined, clear: () => setRun(null) };
}

/** Never throws. */
async function sendOne(model: string, number: number, signal: AbortSignal): Promise<TestResult> {
  let id: string | null = null;
  let provider: string | null = null;
  let failure: string | null = null;
  try {
    // Each has a text of its own, so that no conversation holds them to one provider.
    const content = `Test request ${number}: say where you stand in one sentence.`;
    const messages = [{ role: "user" as const, content }];
    for await (const chunk of streamCompletion({ model, messages, max_tokens: MAX_TOKENS }, signal)) {
      id = chunk.id;
      provider = chunk.provider;
      if (chunk.error !== undefined) failure = `${chunk.error.code}: ${chunk.error.message}`;
    }
  } catch (error) {
    failure = error instanceof CompletionRefused ? `${error.body.code}: ${error.message}` : String(error);
  }
  if (failure === null && id !== null && provider !== null) return { kind: "served", id, provider };
  return { kind: "failed", id, provider, message: failure ?? "The answer was empty." };
}
