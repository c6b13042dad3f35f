import { Skeleton } from "./skeleton";
import { TableSkeleton } from "./table-skeleton";

/** The place of a page on its way: its title, and rows below. */
export function PageSkeleton() {
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page flex-1 px-gutter pt-7 pb-16 outline-none">
      <h1 className="mb-3">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-7 w-48" />
      </h1>
      <Skeleton className="mb-8 h-3.5 w-80 max-w-full" />
      <TableSkeleton label="Loading the page" />
    </main>
  );
}
