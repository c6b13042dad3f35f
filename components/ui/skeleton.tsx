import { cn } from "./cn";

/** A grey bar where text will be. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block h-4 animate-breathe rounded-tag bg-line", className)} />;
}
