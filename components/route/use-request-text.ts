"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { dryRunHref, readDryRunParameter } from "@/lib/schemas/dry-run-address";
import { readRequest } from "./read-request";
import type { RequestBody } from "./request-form";

const WRITE_AFTER_MS = 300;

export function prettyText(body: RequestBody): string {
  return JSON.stringify(body, null, 2);
}

/**
 * The text of the request that both views edit, and its address: what is typed changes the address in place, every other
 * change is a step that "back" undoes.
 */
export function useRequestText(initialBody: RequestBody) {
  const [text, setText] = useState(() => prettyText(initialBody));
  const parameter = useSearchParams().get("request");
  const seen = useRef(parameter);

  // Somebody went back or forward, or followed a link to another request.
  useEffect(() => {
    if (parameter === seen.current) return;
    seen.current = parameter;
    setText(prettyText(readDryRunParameter(parameter) ?? initialBody));
  }, [parameter, initialBody]);

  const write = useCallback((written: string, how: "pushState" | "replaceState") => {
    const request = readRequest(written);
    // What cannot be read has no address; the last one that had stays.
    const href = request.kind === "broken" ? undefined : dryRunHref(request.body);
    if (href === undefined) return;
    const wanted = new URL(href, window.location.href).searchParams.get("request");
    if (wanted === seen.current) return;
    seen.current = wanted;
    window.history[how](null, "", href);
  }, []);

  const typed = useRef<string | null>(null);
  useEffect(() => {
    if (typed.current !== text) return;
    const timer = setTimeout(() => write(text, "replaceState"), WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, write]);

  return {
    text,
    type: (next: string) => {
      typed.current = next;
      setText(next);
    },
    change: (body: RequestBody) => {
      if (typed.current === text) write(text, "replaceState");
      const next = prettyText(body);
      setText(next);
      write(next, "pushState");
    },
  };
}
