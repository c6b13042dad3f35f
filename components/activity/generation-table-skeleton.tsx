import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["first", "second", "third", "fourth", "fifth", "sixth"] as const;

export function GenerationTableSkeleton() {
  return (
    <div role="status" className="border-t">
      <span className="sr-only">Loading your activity</span>
      {ROWS.map((row) => (
        <div key={row} className="flex items-center gap-6 border-b py-4">
          <Skeleton className="hidden w-24 sm:block" />
          <Skeleton className="w-56" />
          <Skeleton className="ms-auto w-16" />
        </div>
      ))}
    </div>
  );
}
