import Link from "next/link";
import type { ReactNode } from "react";
import { TAB_STYLE } from "./tab-style";

type TabLinksProps = {
  label: string;
  links: readonly { href: string; label: ReactNode; isCurrent: boolean }[];
};

/** Views of one thing, each at an address of its own: they can be shared, and "back" leads back. */
export function TabLinks({ label, links }: TabLinksProps) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b">
      {links.map(({ href, label: text, isCurrent }) => (
        <Link key={href} href={href} aria-current={isCurrent ? "page" : undefined} className={TAB_STYLE}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
