"use client";

import { useSyncExternalStore } from "react";

const SHORT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const FULL = { dateStyle: "long", timeStyle: "long" } as const;

// Made once: a list of a hundred moments would make four hundred of them, each of which takes longer than its text.
const formats = {
  minute: formatsOf(SHORT),
  day: formatsOf(DAY),
  full: formatsOf(FULL),
};

type LocalTimeProps = {
  iso: string;
  precision?: "minute" | "day";
  /** Shown in place of the moment, which stays in the title. */
  text?: string;
};

const never = () => () => {};

/** A moment in the reader's own time zone; the server, which does not know it, writes UTC. */
export function LocalTime({ iso, precision = "minute", text: given }: LocalTimeProps) {
  const moment = new Date(iso);
  const isLocal = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const zone = isLocal ? "local" : "utc";
  return (
    <time dateTime={iso} title={formats.full[zone].format(moment)} className="whitespace-nowrap">
      {given ?? formats[precision][zone].format(moment)}
    </time>
  );
}

function formatsOf(options: Intl.DateTimeFormatOptions) {
  return {
    local: new Intl.DateTimeFormat("en-GB", options),
    utc: new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }),
  };
}
