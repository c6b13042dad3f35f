"use client";

import { useEffect, useState } from "react";
import { formatAgo } from "./format-ago";
import { LocalTime } from "./local-time";

const REFRESH_MS = 30_000;

/** How long ago something was, kept up to date; the moment itself is in its title. Until the page lives: the moment. */
export function Ago({ iso }: { iso: string }) {
  const [nowMs, setNowMs] = useState<number | null>(null);

  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  return <LocalTime iso={iso} {...(nowMs === null ? {} : { text: formatAgo(Date.parse(iso), nowMs) })} />;
}
