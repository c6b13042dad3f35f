"use client";

import { Tabs } from "radix-ui";
import { type ComponentProps, memo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { TAB_STYLE } from "@/components/ui/tab-style";
import { isRunning } from "@/lib/chatroom/answer-events";
import type { PathStep } from "@/lib/chatroom/branches";
import { useChat } from "../chat-context";
import { useIsWide } from "../use-is-wide";
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
  const { answers } = step;
  const isWide = useIsWide();
  const isSingle = answers.length < 2;
  return (
    <div className={cn("mx-auto w-full px-4 py-4 sm:px-6", isSingle ? "max-w-3xl" : "max-w-[110rem]")}>
      <div className={isSingle ? undefined : "mx-auto max-w-3xl"}>
        <QuestionView step={step} />
      </div>
      {isSingle || isWide ? (
        <div className={cn("mt-4 grid grid-cols-[minmax(0,1fr)] gap-6 lg:divide-x", COLUMNS[answers.length])}>
          {answers.map((shown) => (
            <AnswerView
              key={shown.answer.slotId}
              turnId={step.turn.id}
              shown={shown}
              isOneOfSeveral={!isSingle}
              className={isSingle ? undefined : "lg:not-last:pe-6"}
            />
          ))}
        </div>
      ) : (
        <AnswerTabs step={step} />
      )}
    </div>
  );
});

function AnswerTabs({ step: { turn, answers } }: { step: PathStep }) {
  const { models } = useChat();
  const [chosen, setChosen] = useState<string>();
  const active = answers.find(({ answer }) => answer.slotId === chosen) ?? answers[0];
  const idOf = (part: string, slotId: string) => `${turn.id}-${slotId}-${part}`;
  if (active === undefined) return null;
  const { slotId } = active.answer;
  return (
    <Tabs.Root value={slotId} onValueChange={setChosen} className="mt-3">
      <Tabs.List asChild aria-label="Answers">
        <TabRow>
          {answers.map(({ answer }) => (
            <Tabs.Trigger
              key={answer.slotId}
              value={answer.slotId}
              id={idOf("tab", answer.slotId)}
              aria-controls={answer.slotId === slotId ? idOf("panel", answer.slotId) : undefined}
              className={cn(TAB_STYLE, "flex shrink-0 items-center gap-2")}
            >
              {shortName(models.get(answer.requestedModelId)?.name ?? answer.requestedModelId)}
              {isRunning(answer) && (
                <span role="img" aria-label="answering" className="size-1.5 animate-breathe rounded-full bg-signal" />
              )}
            </Tabs.Trigger>
          ))}
        </TabRow>
      </Tabs.List>
      <div role="tabpanel" id={idOf("panel", slotId)} aria-labelledby={idOf("tab", slotId)} className="pt-4">
        <AnswerView key={slotId} turnId={turn.id} shown={active} isOneOfSeveral />
      </div>
    </Tabs.Root>
  );
}

/** Drops the library's `style="outline:none"`, which the policy refuses; see components/ui/tabs.tsx. */
function TabRow({ style: _, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className="flex gap-5 overflow-x-auto border-b outline-none" />;
}

/** Names say their author first: "Acme: Large". */
function shortName(name: string): string {
  return name.split(": ").at(-1) ?? name;
}
