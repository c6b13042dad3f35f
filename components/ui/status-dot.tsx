import { cn } from "./cn";

const SHAPES = {
  clear: { path: "M5 1a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z", style: "fill-signal" },
  caution: { path: "M5 .8 9.6 9H.4Z", style: "fill-caution" },
  stop: { path: "M1.2 1.2h7.6v7.6H1.2Z", style: "fill-danger" },
  idle: {
    path: "M5 1.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z",
    style: "fill-transparent stroke-muted stroke-[1.6]",
  },
} as const;

export type Status = keyof typeof SHAPES;

/** A state at a glance, by shape as well as by colour: circle, triangle, square, ring. */
export function StatusDot({ status, label, className }: { status: Status; label?: string; className?: string }) {
  const { path, style } = SHAPES[status];
  return (
    <>
      <svg viewBox="0 0 10 10" aria-hidden="true" className={cn("inline-block size-2.5 shrink-0", className)}>
        <path d={path} className={style} />
      </svg>
      {label !== undefined && <span className="sr-only">{label}</span>}
    </>
  );
}
