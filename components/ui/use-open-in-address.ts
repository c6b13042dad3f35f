"use client";

import { useSearchParams } from "next/navigation";
import { useRef } from "react";

type OpenInAddress = {
  /** What the address asks to be open. */
  openId: string | null;
  /** Opens one: "back" closes it again. */
  show: (id: string) => void;
  /** Goes on to another one, as if it had been opened in the first place. */
  turnTo: (id: string) => void;
  close: () => void;
};

/**
 * Which detail of a list is open, kept in a parameter of the address: it can be shared, and "back" closes it. The page is
 * not loaded again by any of it.
 */
export function useOpenInAddress(parameter: string): OpenInAddress {
  const openId = useSearchParams().get(parameter);
  // Whether "back" leads to the list, which it does not for somebody who followed a link to a detail.
  const cameFromList = useRef(false);

  const addressWith = (id: string | null) => {
    const address = new URL(window.location.href);
    if (id === null) address.searchParams.delete(parameter);
    else address.searchParams.set(parameter, id);
    return `${address.pathname}${address.search}`;
  };

  return {
    openId,
    show: (id) => {
      window.history.pushState(null, "", addressWith(id));
      cameFromList.current = true;
    },
    turnTo: (id) => window.history.replaceState(null, "", addressWith(id)),
    close: () => {
      if (cameFromList.current) window.history.back();
      else window.history.replaceState(null, "", addressWith(null));
      cameFromList.current = false;
    },
  };
}
