import { ChevronRight } from "lucide-react";
import Link from "next/link";

type BreadcrumbsProps = {
  /** From the outermost to the page's parent; the page itself is `current`. */
  trail: readonly { href: string; label: string }[];
  current: string;
};

export function Breadcrumbs({ trail, current }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-2">
      <ol className="flex flex-wrap items-center gap-1 text-dense text-muted">
        {trail.map(({ href, label }) => (
          <li key={href} className="flex items-center gap-1">
            <Link href={href} className="hover:text-ink hover:underline">
              {label}
            </Link>
            <ChevronRight aria-hidden="true" className="size-3.5" />
          </li>
        ))}
        <li aria-current="page" className="wrap-anywhere text-ink">
          {current}
        </li>
      </ol>
    </nav>
  );
}
