"use client";

import { useEffect, useRef, useState } from "react";
import { type CompletionMessage, streamCompletion } from "@/lib/queries/stream-completion";
import { type Answer, brokenOff, emptyAnswer, finished, isRunning, withChunk } from "./answer";

/** A question and what came of it. */
export type Exchange = { id: number; question: string; answer: Answer };

/** Answers are drawn at most this often: more could not be seen, and would drop frames at 200 tokens a second. */
const DRAW_EVERY_MS = 40;

/** A conversation with one model at a time, kept in this page only. */
export function useConversation() {
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const running = useRef<AbortController | null>(null);
  const nextId = useRef(1);

  useEffect(() => () => running.current?.abort(), []);

  const show = (id: number, answer: Answer) =>
    setExchanges((all) => all.map((exchange) => (exchange.id === id ? { ...exchange, answer } : exchange)));

  async function ask(before: readonly Exchange[], question: string, modelId: string): Promise<void> {
    const id = nextId.current++;
    const abort = new AbortController();
    running.current = abort;
    let answer = emptyAnswer(modelId);
    setExchanges([...before, { id, question, answer }]);

    const sentMs = performance.now();
    let drawing: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      drawing = undefined;
      show(id, answer);
    };
    try {
      const messages: CompletionMessage[] = [...before.flatMap(messagesOf), { role: "user", content: question }];
      for await (const chunk of streamCompletion({ model: modelId, messages }, abort.signal)) {
        answer = withChunk(answer, chunk, performance.now() - sentMs);
        drawing ??= setTimeout(draw, DRAW_EVERY_MS);
      }
      answer = finished(answer);
    } catch (error) {
      answer = brokenOff(answer, error, abort.signal.aborted);
    }
    clearTimeout(drawing);
    running.current = null;
    show(id, answer);
  }

  const last = exchanges.at(-1);
  return {
    exchanges,
    isAnswering: last !== undefined && isRunning(last.answer),
    send: (question: string, modelId: string) => ask(exchanges, question, modelId),
    /** Asks the last question once more, in place of what came of it. */
    retry: (modelId: string) => (last === undefined ? undefined : ask(exchanges.slice(0, -1), last.question, modelId)),
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      setExchanges([]);
    },
  };
}

/** What the model is told of an earlier exchange: nothing of one that brought no answer. */
function messagesOf({ question, answer }: Exchange): CompletionMessage[] {
  if (answer.text === "") return [];
  return [
    { role: "user", content: question },
    { role: "assistant", content: answer.text },
  ];
}
