import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "./button-link";

type CursorPaginationProps = {
  /** What is paged, such as "generations". */
  label: string;
  /** Absent at the start. */
  newerHref?: string | undefined;
  /** Absent at the end. */
  olderHref?: string | undefined;
};

/** A way through a list that knows no page numbers. */
export function CursorPagination({ label, newerHref, olderHref }: CursorPaginationProps) {
  if (newerHref === undefined && olderHref === undefined) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="flex justify-between gap-3">
      {newerHref === undefined ? (
        <span />
      ) : (
        <ButtonLink href={newerHref} size="small" rel="prev">
          <ChevronLeft aria-hidden="true" />
          Newer
        </ButtonLink>
      )}
      {olderHref !== undefined && (
        <ButtonLink href={olderHref} size="small" rel="next">
          Older
          <ChevronRight aria-hidden="true" />
        </ButtonLink>
      )}
    </nav>
  );
}
