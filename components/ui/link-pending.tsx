"use client";

import { useLinkStatus } from "next/link";
import { useEffect, useState } from "react";
import { Spinner } from "./spinner";

/** A page that comes sooner needs no sign that it is coming. */
const SHOWN_AFTER_MS = 250;

/** Inside a `Link` to a page without a skeleton of its own: shows that the page is on its way when it takes a while. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  const [isLate, setLate] = useState(false);

  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [pending]);

  if (!pending || !isLate) return null;
  return (
    <span role="status" className="ms-1.5 inline-block align-[-0.125em]">
      <Spinner className="size-3.5" />
      <span className="sr-only">Loading the page</span>
    </span>
  );
}
