import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const STYLE = "text-signal underline decoration-signal/40 underline-offset-[0.2em] hover:decoration-signal";

/** A link in text. One that leads off this site opens beside it, and shows that. */
export function TextLink({ href, className, children, ...rest }: ComponentProps<typeof Link> & { href: string }) {
  if (!/^[a-z]+:/i.test(href)) {
    return (
      <Link {...rest} href={href} className={cn(STYLE, className)}>
        {children}
      </Link>
    );
  }
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={cn(STYLE, className)}>
      {children}
      <ArrowUpRight aria-hidden="true" className="ms-0.5 inline size-[0.9em] align-[-0.05em]" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
