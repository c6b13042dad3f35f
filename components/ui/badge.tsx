import type { ReactNode } from "react";
import { cn } from "./cn";

const TONES = {
  neutral: "bg-sunken text-muted",
  signal: "bg-signal-wash text-signal",
  caution: "bg-caution-wash text-caution",
  danger: "bg-danger-wash text-danger",
} as const satisfies Record<string, string>;

export type BadgeTone = keyof typeof TONES;

export function Badge({
  tone = "neutral",
  title,
  children,
}: {
  tone?: BadgeTone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span title={title} className={cn("inline-block rounded-tag px-1.5 py-0.5 font-medium text-xs", TONES[tone])}>
      {children}
    </span>
  );
}
