"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import { TrackStrip } from "@/components/track-diagram/track-strip";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format-count";
import { formatDuration } from "@/components/ui/format-duration";
import { formatUsd } from "@/components/ui/format-usd";
import { isRunning } from "@/lib/chatroom/answer-events";
import { textOf, tokensPerSecond, usageOf } from "@/lib/chatroom/answer-totals";
import { guessTokens } from "@/lib/chatroom/estimate-cost";
import { generationQuery } from "@/lib/queries/generations";
import type { ChatModel } from "@/lib/schemas/chat-model";
import type { Answer } from "@/lib/schemas/chatroom";
import type { GenerationSummary } from "@/lib/schemas/generation";

type Fact = { name: string; value: string; isPlain?: boolean };

const MILLION = 1_000_000;

/** The line under an answer: who gave it, how fast, and for how much; while it comes, what it has come to so far. */
export function AnswerFacts({ answer, model }: { answer: Answer; model: ChatModel | undefined }) {
  const generationId = answer.rounds.at(-1)?.generationId ?? null;
  const isOver = !isRunning(answer) && generationId !== null;
  // Says what the stream does not: whether the sandbox answered, and what an answer that was stopped has cost.
  const { data: record } = useQuery({ ...generationQuery(generationId ?? ""), enabled: isOver });
  const facts = isRunning(answer) ? meterOf(answer, model) : factsOf(answer, record);
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-muted text-xs">
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
              href={`/activity?generation=${encodeURIComponent(generationId)}`}
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

/** Guesses, said to be such: the exact figures come with the end. */
function meterOf(answer: Answer, model: ChatModel | undefined): Fact[] {
  const { firstTokenMs, totalMs, rounds } = answer;
  if (firstTokenMs === null || totalMs === null) return [];
  const tokens = rounds.reduce((sum, { reasoning }) => sum + guessTokens(reasoning), guessTokens(textOf(answer)));
  if (tokens === 0) return [];
  const facts: Fact[] = [{ name: "Tokens", value: `≈ ${formatCount(tokens)}` }];
  const seconds = (totalMs - firstTokenMs) / 1_000;
  if (seconds > 0.2) facts.push({ name: "Speed", value: `≈ ${Math.round(tokens / seconds)} tok/s` });
  if (model !== undefined && model.completionPrice > 0) {
    facts.push({ name: "Output cost", value: `≈ ${formatUsd((tokens * model.completionPrice) / MILLION)}` });
  }
  return facts;
}

function factsOf(answer: Answer, record: GenerationSummary | undefined): Fact[] {
  const facts: Fact[] = [];
  const last = answer.rounds.at(-1);
  if (last?.modelId != null && last.modelId !== "") facts.push({ name: "Model", value: last.modelId, isPlain: true });
  if (last?.provider != null) facts.push({ name: "Provider", value: last.provider, isPlain: true });
  const usage = usageOf(answer.rounds) ?? record;
  if (usage !== undefined) {
    const tokens = `${formatCount(usage.promptTokens)} → ${formatCount(usage.completionTokens)}`;
    facts.push({ name: "Tokens", value: tokens }, { name: "Cost", value: formatUsd(usage.costUsd) });
  }
  if (answer.firstTokenMs !== null && last?.generationId != null) {
    facts.push({ name: "First token", value: formatDuration(answer.firstTokenMs) });
  }
  const speed = tokensPerSecond(answer);
  if (speed !== null) facts.push({ name: "Speed", value: `${speed.toFixed(0)} tok/s` });
  if (last?.finishReason === "length") facts.push({ name: "Ended by", value: "the token limit" });
  if (last?.finishReason === "content_filter") facts.push({ name: "Ended by", value: "a content filter" });
  return facts;
}
