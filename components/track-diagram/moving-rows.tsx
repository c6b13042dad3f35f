"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

const MOVE = { duration: 360, easing: "cubic-bezier(0.2, 0, 0, 1)" } as const;

/**
 * Around a `TrackDiagram` that changes: a line that has another place now is seen going there, a new one comes up. Where
 * the reader does not want motion everything is in its place at once.
 */
export function MovingRows({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const places = useRef<WeakMap<Element, number> | null>(null);

  // After every render: what is compared are the places before and after it.
  useLayoutEffect(() => {
    const isFirst = places.current === null;
    const before = places.current ?? new WeakMap<Element, number>();
    places.current = before;
    const isStill = isFirst || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of frame.current?.querySelectorAll<HTMLElement>("ol > li") ?? []) {
      const from = before.get(row);
      before.set(row, row.offsetTop);
      if (isStill) continue;
      if (from === undefined) row.animate({ opacity: [0, 1] }, MOVE);
      else if (from !== row.offsetTop) row.animate({ translate: [`0 ${from - row.offsetTop}px`, "0 0"] }, MOVE);
    }
  });

  return <div ref={frame}>{children}</div>;
}
