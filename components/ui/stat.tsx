import type { ReactNode } from "react";
import { cn } from "./cn";

type StatProps = {
  label: string;
  /** With its unit. */
  value: ReactNode;
  /** A second line: the period, the change. */
  note?: ReactNode;
  className?: string;
};

/** One figure that matters. Inside a `StatRow`. */
export function Stat({ label, value, note, className }: StatProps) {
  return (
    <div className={cn("grid content-start gap-0.5", className)}>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="font-semibold text-xl">{value}</dd>
      {note !== undefined && <dd className="text-muted text-xs">{note}</dd>}
    </div>
  );
}

/** Figures beside each other, divided by hairlines. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y py-4 sm:flex sm:gap-x-0 sm:*:flex-1 sm:*:border-s sm:*:ps-5 sm:*:first:border-s-0 sm:*:first:ps-0">
      {children}
    </dl>
  );
}
