import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "@/components/ui/table-skeleton";

/** The places of filters, charts and list while they are being loaded. */
export function ActivitySkeleton() {
  return (
    <>
      <div aria-hidden="true" className="mb-8 grid grid-cols-2 gap-2 border-y py-3 sm:grid-cols-3 lg:grid-cols-6">
        {["Period", "Model", "Provider", "Key", "App", "Status"].map((name) => (
          <Skeleton key={name} className="h-control" />
        ))}
      </div>
      <div aria-hidden="true" className="mb-10 grid gap-5">
        <Skeleton className="h-9 w-60" />
        <div className="grid gap-x-8 gap-y-7 lg:grid-cols-3">
          {["Spend", "Tokens", "Requests"].map((name) => (
            <Skeleton key={name} className="h-64" />
          ))}
        </div>
      </div>
      <TableSkeleton label="Loading your activity" />
    </>
  );
}
