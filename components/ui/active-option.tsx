"use client";

import { useCommandState } from "cmdk";
import { useEffect, useRef } from "react";

type ActiveOptionProps = {
  /** For a text field that is none of cmdk's; without it the menu's own field is told. */
  onActive?: (option: Element | undefined) => void;
};

/**
 * Inside a cmdk menu: sees to it that the field names the option that is chosen. cmdk (1.1.1) looks for it before it has
 * drawn it: at first it names none, and while somebody types the one that was chosen before.
 */
export function ActiveOption({ onActive }: ActiveOptionProps) {
  const place = useRef<HTMLSpanElement>(null);
  const value = useCommandState((state) => state.value);
  const named = useCommandState((state) => state.selectedItemId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: their change is the event
  useEffect(() => {
    const root = place.current?.closest("[cmdk-root]");
    const option = root?.querySelector('[role="option"][aria-selected="true"]') ?? undefined;
    if (onActive !== undefined) {
      onActive(option);
      return () => onActive(undefined);
    }
    const field = root?.querySelector("[cmdk-input]");
    if (option === undefined) field?.removeAttribute("aria-activedescendant");
    else field?.setAttribute("aria-activedescendant", option.id);
    return undefined;
  }, [value, named, onActive]);
  return <span ref={place} hidden />;
}
