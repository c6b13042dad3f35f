"use client";

import { useMemo } from "react";
import { formatCount } from "@/components/ui/format-count";
import { formatUsd } from "@/components/ui/format-usd";
import { textOf, totalsOf } from "@/lib/chatroom/answer-totals";
import { estimateCost, guessTokens } from "@/lib/chatroom/estimate-cost";
import type { FileReference, RoomModel } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

type CostLineProps = {
  draft: string;
  files: readonly FileReference[];
  /** The models that the question will go to. */
  asked: readonly RoomModel[];
};

/** What the next question will cost, from the shortest answer to a long one, and what the room has cost so far. */
export function CostLine({ draft, files, asked }: CostLineProps) {
  const { view, models } = useChat();
  const { room, path, turns } = view;
  const history = useMemo(() => {
    const steps =
      room.settings.memory === null ? path : room.settings.memory === 0 ? [] : path.slice(-room.settings.memory);
    const texts = steps.flatMap(({ turn, answers }) => [
      turn.text,
      answers[0] === undefined ? "" : textOf(answers[0].answer),
    ]);
    return {
      tokens: texts.reduce((sum, text) => sum + guessTokens(text), 0),
      files: steps.flatMap(({ turn }) => turn.attachments),
    };
  }, [path, room.settings.memory]);
  const totals = useMemo(() => totalsOf(turns), [turns]);

  const isWriting = draft.trim() !== "" || files.length > 0;
  const estimate = isWriting
    ? estimateCost({
        models: asked.flatMap((model) => {
          const fact = models.get(model.modelId);
          return fact === undefined ? [] : [{ room: model, fact }];
        }),
        historyTokens: history.tokens,
        texts: [room.settings.systemPrompt, draft],
        attachments: [...history.files, ...files],
        settings: room.settings,
      })
    : undefined;
  const largest = Math.min(
    ...asked.map(({ modelId }) => models.get(modelId)?.contextTokens ?? Number.POSITIVE_INFINITY),
  );
  return (
    <p className="flex min-h-5 flex-wrap justify-between gap-x-4 px-1 text-muted text-xs">
      <span>
        {estimate !== undefined && (
          <>
            ≈ {formatCount(estimate.promptTokens)} tokens, {rangeOf(estimate.lowUsd, estimate.highUsd)}
            {estimate.models > 1 && ` across ${estimate.models} models`}
            {estimate.promptTokens > largest && (
              <span className="text-caution"> · more than the smallest context of {formatCount(largest)}</span>
            )}
          </>
        )}
      </span>
      {totals.promptTokens > 0 && (
        <span>
          This room: {formatUsd(totals.costUsd)} · {formatCount(totals.promptTokens)} →{" "}
          {formatCount(totals.completionTokens)} tokens
        </span>
      )}
    </p>
  );
}

function rangeOf(low: number, high: number): string {
  return high === 0 ? "free" : `${formatUsd(rounded(low))}–${formatUsd(rounded(high))}`;
}

/** Two digits: more would claim to know. */
function rounded(usd: number): number {
  return Number(usd.toPrecision(2));
}
