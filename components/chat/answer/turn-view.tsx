"use client";

import { memo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { TAB_STYLE } from "@/components/ui/tab-style";
import type { PathStep } from "@/lib/chatroom/branches";
import { useChat } from "../chat-context";
import { AnswerView } from "./answer-view";
import { QuestionView } from "./question-view";

const COLUMNS: Readonly<Record<number, string>> = {
  2: "lg:grid-cols-2",
  3: "lg:grid-cols-3",
  4: "lg:grid-cols-2 2xl:grid-cols-4",
  5: "lg:grid-cols-3 2xl:grid-cols-5",
};

/** A question and its answers: side by side where there is room, behind tabs where there is none. */
export const TurnView = memo(function TurnView({ step }: { step: PathStep }) {
  const { models } = useChat();
  const { turn, answers } = step;
  const [chosen, setChosen] = useState<string>();
  const isSingle = answers.length < 2;
  const active = answers.find(({ answer }) => answer.slotId === chosen) ?? answers[0];
  const idOf = (slotId: string) => `${turn.id}-${slotId}`;
  return (
    <div className={cn("mx-auto w-full px-4 py-4 sm:px-6", isSingle ? "max-w-3xl" : "max-w-[110rem]")}>
      <div className={isSingle ? undefined : "mx-auto max-w-3xl"}>
        <QuestionView step={step} />
      </div>
      {!isSingle && (
        <div role="tablist" aria-label="Answers" className="mt-3 flex gap-5 overflow-x-auto border-b lg:hidden">
          {answers.map(({ answer }) => (
            <button
              key={answer.slotId}
              type="button"
              role="tab"
              aria-selected={answer.slotId === active?.answer.slotId}
              aria-controls={idOf(answer.slotId)}
              data-state={answer.slotId === active?.answer.slotId ? "active" : "inactive"}
              className={TAB_STYLE}
              onClick={() => setChosen(answer.slotId)}
            >
              {shortName(models.get(answer.requestedModelId)?.name ?? answer.requestedModelId)}
            </button>
          ))}
        </div>
      )}
      <div className={cn("mt-4 grid grid-cols-[minmax(0,1fr)] gap-6 lg:divide-x", COLUMNS[answers.length])}>
        {answers.map((shown) => (
          <AnswerView
            key={shown.answer.slotId}
            id={idOf(shown.answer.slotId)}
            turnId={turn.id}
            shown={shown}
            isOneOfSeveral={!isSingle}
            className={cn(
              !isSingle && "lg:not-last:pe-6",
              !isSingle && shown.answer.slotId !== active?.answer.slotId && "max-lg:hidden",
            )}
          />
        ))}
      </div>
    </div>
  );
});

/** Names say their author first: "Acme: Large". */
function shortName(name: string): string {
  return name.split(": ").at(-1) ?? name;
}
