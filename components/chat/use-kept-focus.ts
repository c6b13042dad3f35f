"use client";

import { type RefObject, useEffect } from "react";

const FOCUSABLE = "button, a[href], input, textarea, select, summary, [tabindex]";

/**
 * Sees to it that the focus is never lost: when what has it is taken away (an answer that is asked for again loses its
 * buttons, a deleted room its row), it goes to the nearest thing around it that is still there: what takes the focus
 * itself, or the first that does in what is marked `data-keeps-focus`; and at last to the composer.
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = container.current;
    if (root === null) return;
    let last: Element | undefined;
    /** Of the last one, nearest first. */
    let around: readonly Element[] = [];

    const onFocusIn = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      last = target;
      around = ancestorsOf(target, root);
    };
    const check = () => {
      if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
      last = undefined;
      const next = around.filter(({ isConnected }) => isConnected).flatMap((element) => takerIn(element) ?? [])[0];
      (next ?? document.getElementById("composer"))?.focus({ preventScroll: true });
    };
    // A click on what takes no focus gives it up on purpose.
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && last?.contains(target) !== true) last = undefined;
    };
    // A dialog that closes gives the focus back to what opened it, which may be gone.
    const onFocusOut = () => void setTimeout(check);

    const observer = new MutationObserver(check);
    observer.observe(root, { childList: true, subtree: true });
    root.addEventListener("focusin", onFocusIn);
    root.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("focusout", onFocusOut);
    return () => {
      observer.disconnect();
      root.removeEventListener("focusin", onFocusIn);
      root.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("focusout", onFocusOut);
    };
  }, [container]);
}

function ancestorsOf(element: Element, root: Element): Element[] {
  const found: Element[] = [];
  for (let at = element.parentElement; at !== null && at !== root; at = at.parentElement) found.push(at);
  return found;
}

function takerIn(element: Element): HTMLElement | undefined {
  if (!(element instanceof HTMLElement)) return undefined;
  if (element.hasAttribute("tabindex")) return element;
  if (!element.hasAttribute("data-keeps-focus")) return undefined;
  return element.querySelector<HTMLElement>(FOCUSABLE) ?? undefined;
}
