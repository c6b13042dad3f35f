import Link from "next/link";
import { Fragment } from "react";
import { formatCount } from "@/components/ui/format-count";
import { formatDuration } from "@/components/ui/format-duration";
import { formatUsd } from "@/components/ui/format-usd";
import { type Answer, isRunning, tokensPerSecond } from "./answer";

/** The line under an answer: who gave it, how fast, and for how much. */
export function AnswerFacts({ answer }: { answer: Answer }) {
  const facts = factsOf(answer);
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt className={name === "Provider" || name === "Model" ? "sr-only" : undefined}>{name}</dt>
          <dd className="wrap-anywhere text-ink">{value}</dd>
        </div>
      ))}
      {answer.generationId !== null && !isRunning(answer) && (
        <Fragment>
          <dt className="sr-only">Details</dt>
          <dd>
            <Link
              href={`/activity?generation=${encodeURIComponent(answer.generationId)}`}
              className="underline underline-offset-4 hover:text-ink"
            >
              How it was routed
            </Link>
          </dd>
        </Fragment>
      )}
    </dl>
  );
}

function factsOf(answer: Answer): [name: string, value: string][] {
  const facts: [string, string][] = [];
  if (answer.modelId !== null) facts.push(["Model", answer.modelId]);
  if (answer.provider !== null) facts.push(["Provider", answer.provider]);
  if (answer.usage !== null) {
    facts.push(["Tokens", `${formatCount(answer.usage.promptTokens)} → ${formatCount(answer.usage.completionTokens)}`]);
    facts.push(["Cost", formatUsd(answer.usage.costUsd)]);
  }
  if (answer.firstTokenMs !== null) facts.push(["First token", formatDuration(answer.firstTokenMs)]);
  const speed = tokensPerSecond(answer);
  if (speed !== null && !isRunning(answer)) facts.push(["Speed", `${speed.toFixed(0)} tok/s`]);
  if (answer.finishReason === "length") facts.push(["Ended by", "the token limit"]);
  return facts;
}
