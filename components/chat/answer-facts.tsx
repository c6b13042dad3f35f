"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import { TrackStrip } from "@/components/track-diagram/track-strip";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format-count";
import { formatDuration } from "@/components/ui/format-duration";
import { formatUsd } from "@/components/ui/format-usd";
import { generationQuery } from "@/lib/queries/generations";
import type { GenerationSummary } from "@/lib/schemas/generation";
import { type Answer, isRunning, tokensPerSecond } from "./answer";

type Fact = { name: string; value: string; isPlain?: boolean };

/** The line under an answer: who gave it, how fast, and for how much. */
export function AnswerFacts({ answer }: { answer: Answer }) {
  const isOver = !isRunning(answer) && answer.generationId !== null;
  // Says what the stream does not: whether the sandbox answered, and what an answer that was stopped has cost.
  const { data: record } = useQuery({ ...generationQuery(answer.generationId ?? ""), enabled: isOver });
  const facts = factsOf(answer, record);
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {facts.map(({ name, value, isPlain }) => (
        <div key={name} className="flex gap-1.5">
          <dt className={isPlain ? "sr-only" : undefined}>{name}</dt>
          <dd className="wrap-anywhere text-ink">{value}</dd>
        </div>
      ))}
      {isOver && (
        <div className="flex items-center gap-3">
          <dt className="sr-only">Details</dt>
          <dd className="flex flex-wrap items-center gap-3">
            {record?.sandbox && (
              <Badge tone="caution" title="Answered by the built-in sandbox, not by a real provider">
                sandbox
              </Badge>
            )}
            {record?.insured && (
              <Badge tone="signal" title="Nothing useful came back, so nothing was charged">
                insured
              </Badge>
            )}
            <Link
              prefetch={false}
              href={`/activity?generation=${encodeURIComponent(answer.generationId ?? "")}`}
              className="flex items-center gap-2 underline underline-offset-4 hover:text-ink"
            >
              How it was routed
              {record !== undefined && <TrackStrip track={trackOfRecord(record.route)} />}
            </Link>
          </dd>
        </div>
      )}
    </dl>
  );
}

function factsOf(answer: Answer, record: GenerationSummary | undefined): Fact[] {
  const facts: Fact[] = [];
  if (answer.modelId !== null) facts.push({ name: "Model", value: answer.modelId, isPlain: true });
  if (answer.provider !== null) facts.push({ name: "Provider", value: answer.provider, isPlain: true });
  const usage = answer.usage ?? record;
  if (usage !== undefined) {
    const tokens = `${formatCount(usage.promptTokens)} → ${formatCount(usage.completionTokens)}`;
    facts.push({ name: "Tokens", value: tokens }, { name: "Cost", value: formatUsd(usage.costUsd) });
  }
  if (answer.firstTokenMs !== null) facts.push({ name: "First token", value: formatDuration(answer.firstTokenMs) });
  const speed = tokensPerSecond(answer);
  if (speed !== null && !isRunning(answer)) facts.push({ name: "Speed", value: `${speed.toFixed(0)} tok/s` });
  if (answer.finishReason === "length") facts.push({ name: "Ended by", value: "the token limit" });
  return facts;
}
