"use client";

import { useCallback, useEffect, useRef } from "react";

/** How close to the end of the page counts as being there, in CSS pixels. */
const NEAR_PX = 120;

/**
 * Keeps the end of the page in view while `content` grows, unless the reader has scrolled away from it. The function it
 * gives goes to the end at the next change wherever the reader is.
 */
export function useStickToEnd(content: unknown): () => void {
  const sticks = useRef(true);

  useEffect(() => {
    const page = document.documentElement;
    const onScroll = () => {
      sticks.current = page.scrollHeight - page.clientHeight - page.scrollTop < NEAR_PX;
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => {
    if (sticks.current) window.scrollTo({ top: document.documentElement.scrollHeight });
  }, [content]);

  return useCallback(() => {
    sticks.current = true;
  }, []);
}
