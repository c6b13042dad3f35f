import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["first", "second", "third"] as const;

export function ApiKeyTableSkeleton() {
  return (
    <div role="status" className="grid gap-6">
      <span className="sr-only">Loading your keys</span>
      <Skeleton className="h-10 w-28" />
      <div className="border-t">
        {ROWS.map((row) => (
          <div key={row} className="flex items-center justify-between gap-6 border-b py-4">
            <Skeleton className="w-48" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
