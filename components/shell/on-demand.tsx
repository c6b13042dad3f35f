"use client";

import { Slot } from "radix-ui";
import { type ReactElement, type ReactNode, Suspense, useState } from "react";

type OnDemandProps = {
  /** The button that opens it, which is all that is there at first. */
  trigger: ReactElement;
  /** What it opens, for a screen reader. */
  popup: "menu" | "dialog";
  /** Begins to load `children`: when the reader reaches for the button. */
  preload: () => Promise<unknown>;
  /** Lazy, with a trigger of its own, and open when it appears. */
  children: ReactNode;
};

/** Something behind a button that is loaded when it is reached for: every page has it, few readers open it. */
export function OnDemand({ trigger, popup, preload, children }: OnDemandProps) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <Suspense fallback={trigger}>{children}</Suspense>;
  return (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={false}
      onPointerEnter={() => void preload()}
      onFocus={() => void preload()}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </Slot.Root>
  );
}
