"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { ADMIN_NAVIGATION, isCurrent, SETTINGS_NAVIGATION } from "./navigation";

const ENTRY =
  "block whitespace-nowrap py-1.5 text-sm text-muted transition-colors hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:-mb-px max-md:border-b-2 max-md:border-transparent max-md:py-2.5 max-md:aria-[current=page]:border-signal md:-ms-px md:border-s-2 md:border-transparent md:ps-4 md:aria-[current=page]:border-signal";

/** The side bar of the settings; on a phone a row above the page. */
export function SettingsNav({ isAdmin }: { isAdmin: boolean }) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);

  // On a phone the current entry may lie outside of the row. Not scrollIntoView, which would move the page too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every page
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current="page"]');
    if (!(nav.current instanceof HTMLElement) || !(current instanceof HTMLElement)) return;
    nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.clientWidth) / 2;
  }, [path]);

  const entries = isAdmin ? [...SETTINGS_NAVIGATION, ...ADMIN_NAVIGATION] : SETTINGS_NAVIGATION;
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="relative flex shrink-0 gap-5 overflow-x-auto border-b px-gutter md:sticky md:top-header md:block md:h-fit md:w-52 md:overflow-visible md:border-b-0 md:py-8 md:pe-0"
    >
      <div className="contents md:block md:border-s">
        {entries.map(({ href, label }) => (
          <Link key={href} href={href} aria-current={isCurrent(href, path) ? "page" : undefined} className={ENTRY}>
            {label}
          </Link>
        ))}
      </div>
    </nav>
  );
}
