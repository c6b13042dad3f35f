"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { isCurrent, type NavigationEntry } from "./navigation";

/** An entry of the top bar. */
export function NavLink({ entry: { href, label } }: { entry: NavigationEntry }) {
  const isHere = isCurrent(href, usePathname());
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={cn(
        "relative flex h-header items-center px-2.5 text-sm transition-colors hover:text-ink",
        "after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5",
        isHere ? "text-ink after:bg-signal" : "text-muted",
      )}
    >
      {label}
    </Link>
  );
}
