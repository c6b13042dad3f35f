"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** What fills the tallest screen, and is painted at once. */
const FIRST = 40;
const STEP = 120;
/** How far below the screen the end of the list may come before more of it is shown, in px. */
const AHEAD_PX = 1_500;

/** By address: whoever comes back finds as much of the list as there was, and so the place that was scrolled to. */
const remembered = new Map<string, number>();

/**
 * How many entries of a long list are shown: more of them as its end comes near. A browser paints forty rows in the
 * blink of an eye and five hundred not.
 */
export function useGrowingCount(
  key: string,
  total: number,
): { count: number; more: () => void; end: RefObject<HTMLDivElement | null> } {
  const [shown, setShown] = useState({ key, count: remembered.get(key) ?? FIRST });
  if (shown.key !== key) setShown({ key, count: remembered.get(key) ?? FIRST });
  const count = Math.min(shown.key === key ? shown.count : FIRST, total);

  const more = () => {
    const next = shown.count + STEP;
    remembered.set(key, next);
    setShown({ key, count: next });
  };

  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || count >= total) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: `0px 0px ${AHEAD_PX}px 0px`,
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  return { count, more, end };
}
