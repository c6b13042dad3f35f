"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { cn } from "@/components/ui/cn";
import { rememberSkipped } from "./skipped-steps";

export type WelcomeStep = {
  id: string;
  title: string;
  description: ReactNode;
  /** It was done already, here or elsewhere. */
  isDone: boolean;
  /** Where it is done. */
  content: ReactNode;
};

type WelcomeStepsProps = {
  steps: readonly WelcomeStep[];
  /** Steps that were skipped before. */
  skipped: readonly string[];
};

/** The first steps, one open at a time. Each can be skipped, and opened again. */
export function WelcomeSteps({ steps, skipped: initiallySkipped }: WelcomeStepsProps) {
  const router = useRouter();
  const [skipped, setSkipped] = useState(initiallySkipped);
  const isOpenStep = (step: WelcomeStep, without: readonly string[]) => !step.isDone && !without.includes(step.id);
  const [openId, setOpenId] = useState(steps.find((step) => isOpenStep(step, initiallySkipped))?.id);
  const isFinished = !steps.some((step) => isOpenStep(step, skipped));

  const goOn = (from: string, without: readonly string[]) => {
    const next = steps.find((step) => step.id !== from && isOpenStep(step, without));
    setOpenId(next?.id);
    if (next === undefined) router.push("/chat");
  };
  const skip = (id: string) => {
    const all = [...new Set([...skipped, id])];
    setSkipped(all);
    rememberSkipped(all);
    goOn(id, all);
  };

  return (
    <>
      <ol className="border-b">
        {steps.map((step, index) => {
          const isOpen = step.id === openId;
          return (
            <li key={step.id} className="grid grid-cols-[2.25rem_minmax(0,1fr)] border-t py-5">
              <StepMark number={index + 1} isDone={step.isDone} isOpen={isOpen} />
              <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                <div>
                  <h2 className="font-semibold text-lg">
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      className="text-start hover:underline"
                      onClick={() => setOpenId(isOpen ? undefined : step.id)}
                    >
                      {step.title}
                    </button>
                    <span className="ms-2 font-normal text-dense text-muted">{stateOf(step, skipped)}</span>
                  </h2>
                  <p className="mt-0.5 max-w-prose text-muted">{step.description}</p>
                </div>
                {isOpen && (
                  <>
                    {step.content}
                    <div>
                      {step.isDone ? (
                        <Button size="small" onClick={() => goOn(step.id, skipped)}>
                          Go on
                        </Button>
                      ) : (
                        <Button variant="quiet" size="small" className="-ms-2.5" onClick={() => skip(step.id)}>
                          Skip this step
                        </Button>
                      )}
                    </div>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <div className="mt-6 flex flex-wrap gap-2">
        <ButtonLink href="/chat" variant={isFinished ? "primary" : "secondary"}>
          Go to the chat
        </ButtonLink>
        <ButtonLink href="/models" variant="quiet">
          See all models
        </ButtonLink>
      </div>
    </>
  );
}

function stateOf({ id, isDone }: WelcomeStep, skipped: readonly string[]): string {
  if (isDone) return "done";
  return skipped.includes(id) ? "skipped" : "";
}

function StepMark({ number, isDone, isOpen }: { number: number; isDone: boolean; isOpen: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "mt-0.5 grid size-6 place-items-center rounded-full border text-xs",
        isDone
          ? "border-signal bg-signal text-on-signal"
          : isOpen
            ? "border-signal text-signal"
            : "border-edge text-muted",
      )}
    >
      {isDone ? <Check className="size-3.5" /> : number}
    </span>
  );
}
