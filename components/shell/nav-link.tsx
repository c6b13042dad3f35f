"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname();
  const current = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "rounded-control px-2 py-1.5 font-medium text-sm transition-colors sm:px-3",
        current ? "text-ink" : "text-muted hover:text-ink",
      )}
    >
      <span className={cn("border-b-2 pb-0.5", current ? "border-signal" : "border-transparent")}>{children}</span>
    </Link>
  );
}
