import type { ReactNode } from "react";
import { cn } from "./cn";

const TONES = {
  neutral: "bg-hover text-ink",
  signal: "bg-signal-wash text-signal",
  caution: "bg-caution-wash text-caution",
  danger: "bg-danger-wash text-danger",
  outline: "text-muted ring-1 ring-line ring-inset",
} as const satisfies Record<string, string>;

export type BadgeTone = keyof typeof TONES;

type BadgeProps = { tone?: BadgeTone; title?: string; className?: string; children: ReactNode };

/** A word that sets something apart. */
export function Badge({ tone = "neutral", title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-block whitespace-nowrap rounded-tag px-1.5 font-medium text-micro leading-[1.125rem]",
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
