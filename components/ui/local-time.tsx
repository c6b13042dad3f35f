"use client";

import { useSyncExternalStore } from "react";

const SHORT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const FULL = { dateStyle: "long", timeStyle: "long" } as const;

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
  const options = precision === "day" ? DAY : SHORT;
  const text = useSyncExternalStore(
    never,
    () => moment.toLocaleString("en-GB", options),
    () => moment.toLocaleString("en-GB", { ...options, timeZone: "UTC" }),
  );
  const title = useSyncExternalStore(
    never,
    () => moment.toLocaleString("en-GB", FULL),
    () => moment.toLocaleString("en-GB", { ...FULL, timeZone: "UTC" }),
  );
  return (
    <time dateTime={iso} title={title} className="whitespace-nowrap">
      {given ?? text}
    </time>
  );
}
