import { Skeleton } from "./skeleton";

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-3/4", "w-1/3"] as const;

/** The place of a table that is being loaded. `label` is what a screen reader hears. */
export function TableSkeleton({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="border-t">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have nothing else to be told by
        <div key={index} className="flex h-[2.3125rem] items-center gap-8 border-b">
          <span className="w-1/3">
            <Skeleton className={`h-3 ${WIDTHS[index % WIDTHS.length]}`} />
          </span>
          <Skeleton className="hidden h-3 w-24 sm:block" />
          <Skeleton className="hidden h-3 w-16 md:block" />
          <Skeleton className="ms-auto h-3 w-14" />
        </div>
      ))}
    </div>
  );
}
