"use client";

import { useRef } from "react";

/**
 * Where the focus goes when a dialog opens and closes: first to the element marked `data-initial-focus`, if there is
 * one, and afterwards back to where it was. Our dialogs are opened by state and not by a trigger of the library's, which
 * would otherwise be the only place it knows to go back to.
 */
export function useDialogFocus() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      opener.current = document.activeElement;
      const { target } = event;
      const first = target instanceof HTMLElement ? target.querySelector("[data-initial-focus]") : null;
      if (!(first instanceof HTMLElement)) return;
      event.preventDefault();
      first.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
}
