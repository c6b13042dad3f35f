import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Status, StatusDot } from "./status-dot";

const TONES = {
  danger: { style: "border-danger bg-danger-wash", status: "stop" },
  caution: { style: "border-caution bg-caution-wash", status: "caution" },
  signal: { style: "border-signal bg-signal-wash", status: "clear" },
  neutral: { style: "border-edge bg-sunken", status: "idle" },
} as const satisfies Record<string, { style: string; status: Status }>;

type NoticeProps = { tone: keyof typeof TONES; className?: string; children: ReactNode };

/** A message about the whole of what it stands above; `danger` interrupts a screen reader. */
export function Notice({ tone, className, children }: NoticeProps) {
  const { style, status } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("wrap-anywhere flex items-baseline gap-2.5 border-s-2 px-3 py-2 text-sm", style, className)}
    >
      <StatusDot status={status} className="translate-y-px" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
