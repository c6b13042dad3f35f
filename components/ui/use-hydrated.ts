"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Whether the page has come alive. What needs inline styles waits for it: the Content Security Policy refuses `style`
 * attributes in the HTML that the server sends, but not what a script sets.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
