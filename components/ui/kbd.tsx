import type { ReactNode } from "react";
import { cn } from "./cn";

/** A key, or keys pressed together. */
export function Kbd({ inverted = false, children }: { inverted?: boolean; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-flex min-w-5 items-center justify-center rounded-tag border px-1 font-sans text-micro",
        inverted ? "border-canvas/35 text-canvas" : "border-line bg-sunken text-muted",
      )}
    >
      {children}
    </kbd>
  );
}
