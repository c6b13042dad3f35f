import { cn } from "./cn";

type ProgressProps = {
  label: string;
  /** 0 to 1; `null` while nobody knows. */
  share: number | null;
  className?: string;
};

/** How far something has come that takes more than a second. */
export function Progress({ label, share, className }: ProgressProps) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={cn("block", className)}
    >
      <svg aria-hidden="true" className="block h-1 w-full rounded-full">
        <rect width="100%" height="100%" className="fill-line" />
        <rect
          width={share === null ? "100%" : `${share * 100}%`}
          height="100%"
          className={cn("fill-signal", share === null && "animate-breathe")}
        />
      </svg>
    </span>
  );
}
