import type { ReactNode } from "react";
import { cn } from "./cn";

const TONES = {
  danger: "border-danger bg-danger-wash",
  caution: "border-caution bg-caution-wash",
} as const satisfies Record<string, string>;

/** A message about the whole of what it stands above; `danger` interrupts a screen reader. */
export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("wrap-anywhere border-s-2 px-3.5 py-2.5 text-sm", TONES[tone])}
    >
      {children}
    </div>
  );
}
