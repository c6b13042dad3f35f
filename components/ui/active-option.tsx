"use client";

import { useCommandState } from "cmdk";
import { useEffect, useRef } from "react";

type ActiveOptionProps = {
  /** For a text field that is none of cmdk's; without it the menu's own field is told. */
  onActive?: (option: Element | undefined) => void;
};

/**
 * Inside a cmdk menu: sees to it that one option is chosen and that the field names it. cmdk (1.1.1) chooses none any more
 * when the chosen one goes away together with others, and looks for what to name before it is drawn.
 */
export function ActiveOption({ onActive }: ActiveOptionProps) {
  const place = useRef<HTMLSpanElement>(null);
  useCommandState((state) => state.value);
  useCommandState((state) => state.selectedItemId);
  // After each drawing: any may have taken options away.
  useEffect(() => {
    const root = place.current?.closest("[cmdk-root]");
    const option = root?.querySelector('[role="option"][aria-selected="true"]') ?? undefined;
    // It takes what the pointer is on for its choice.
    if (option === undefined) {
      root?.querySelector('[role="option"]')?.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
    }
    const field = root?.querySelector("[cmdk-input]");
    if (onActive !== undefined) onActive(option);
    else if (option === undefined) field?.removeAttribute("aria-activedescendant");
    else field?.setAttribute("aria-activedescendant", option.id);
  });
  useEffect(() => () => onActive?.(undefined), [onActive]);
  return <span ref={place} hidden />;
}
