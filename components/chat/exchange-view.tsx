"use client";

import { memo } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Markdown } from "@/components/ui/markdown";
import { type Answer, isRunning } from "./answer";
import { AnswerFacts } from "./answer-facts";
import { AnswerTrouble } from "./answer-trouble";
import type { Exchange } from "./use-conversation";

type ExchangeViewProps = {
  exchange: Exchange;
  modelName: string | undefined;
  /** Present where the question may be asked once more. */
  onRetry?: () => void;
};

export const ExchangeView = memo(function ExchangeView({ exchange, modelName, onRetry }: ExchangeViewProps) {
  const { question, answer } = exchange;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="justify-self-end rounded-panel border bg-raised px-4 py-2.5 sm:max-w-[85%]">
        <h2 className="sr-only">You</h2>
        <p className="wrap-anywhere whitespace-pre-wrap">{question}</p>
      </div>
      <article className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-busy={isRunning(answer)}>
        <h2 className="font-semibold text-sm">{modelName ?? answer.modelId ?? answer.requestedModelId}</h2>
        <Reasoning answer={answer} />
        {answer.text === "" && isRunning(answer) && <Waiting />}
        {answer.text !== "" && <Markdown text={answer.text} />}
        <AnswerTrouble state={answer.state} requestedModelId={answer.requestedModelId} />
        <AnswerFacts answer={answer} />
        {!isRunning(answer) && (
          <div className="flex flex-wrap gap-1">
            {answer.text !== "" && <CopyButton text={answer.text} label="Copy" variant="quiet" />}
            {onRetry !== undefined && (
              <Button variant={hasFailed(answer) ? "secondary" : "quiet"} size="small" onClick={onRetry}>
                Try again
              </Button>
            )}
          </div>
        )}
      </article>
    </li>
  );
}, isSameView);

/** The handler is new on every draw but always does the same; only its presence shows. */
function isSameView(before: ExchangeViewProps, after: ExchangeViewProps): boolean {
  return (
    before.exchange === after.exchange &&
    before.modelName === after.modelName &&
    before.onRetry === undefined &&
    after.onRetry === undefined
  );
}

function Reasoning({ answer: { reasoning, text } }: { answer: Answer }) {
  if (reasoning === "") return null;
  return (
    <details className="border-s-2 ps-3.5 text-muted text-sm">
      <summary className="py-0.5">{text === "" ? "Thinking" : "What it thought"}</summary>
      <p className="wrap-anywhere mt-2 whitespace-pre-wrap">{reasoning}</p>
    </details>
  );
}

function Waiting() {
  return (
    <p className="flex items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-signal" />
      Waiting for the first words
    </p>
  );
}

function hasFailed({ state }: Answer): boolean {
  return state.kind === "lost" || state.kind === "failed";
}
