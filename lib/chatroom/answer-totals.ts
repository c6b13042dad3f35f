import type { Answer, AnswerUsage, Round, Turn } from "@/lib/schemas/chatroom";

/** All that was written in an answer: rounds that continue each other read as one text. */
export function textOf({ rounds }: Pick<Answer, "rounds">): string {
  return rounds.reduce((text, round, index) => {
    const before = rounds[index - 1];
    // After a tool the model begins anew; a continued answer goes on in the middle of a sentence.
    const seam = text !== "" && round.text !== "" && (before?.toolSteps.length ?? 0) > 0 ? "\n\n" : "";
    return text + seam + round.text;
  }, "");
}

/** Of all rounds together; `null` while none has said what it used. */
export function usageOf(rounds: readonly Pick<Round, "usage">[]): AnswerUsage | null {
  const known = rounds.flatMap(({ usage }) => (usage === null ? [] : [usage]));
  if (known.length === 0) return null;
  const sum = (read: (usage: AnswerUsage) => number) => known.reduce((total, usage) => total + read(usage), 0);
  return {
    promptTokens: sum(({ promptTokens }) => promptTokens),
    completionTokens: sum(({ completionTokens }) => completionTokens),
    reasoningTokens: sum(({ reasoningTokens }) => reasoningTokens),
    cachedTokens: sum(({ cachedTokens }) => cachedTokens),
    costUsd: sum(({ costUsd }) => costUsd),
  };
}

export type RoomTotals = { answers: number; promptTokens: number; completionTokens: number; costUsd: number };

/** What a room has used so far, on every branch: money that was spent is not spent less by looking elsewhere. */
export function totalsOf(turns: readonly Turn[]): RoomTotals {
  const totals: RoomTotals = { answers: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
  for (const { answers } of turns) {
    for (const { rounds } of answers) {
      const usage = usageOf(rounds);
      totals.answers += 1;
      if (usage === null) continue;
      totals.promptTokens += usage.promptTokens;
      totals.completionTokens += usage.completionTokens;
      totals.costUsd += usage.costUsd;
    }
  }
  return totals;
}

/** Completion tokens per second after the first one; `null` while there is nothing to divide. */
export function tokensPerSecond(answer: Answer): number | null {
  const usage = usageOf(answer.rounds);
  const { firstTokenMs, totalMs } = answer;
  if (usage === null || firstTokenMs === null || totalMs === null || totalMs <= firstTokenMs) return null;
  return (usage.completionTokens * 1_000) / (totalMs - firstTokenMs);
}
