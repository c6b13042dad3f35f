"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ModelFilter } from "@/lib/model-list/model-filter";
import { type ModelsView, modelsHref, readModelsView } from "./models-view";

/** Browsers refuse pages that write their address too often. */
const WRITE_AFTER_MS = 250;

/**
 * The view that the address of the page describes, and ways to change it. Every choice is a step of the history, so that
 * "back" takes it back; what is typed or dragged reaches the address a moment later, and all of it is one step. Changes
 * show at once, and nothing is asked of the server.
 */
export function useModelsView(): {
  view: ModelsView;
  /** A choice that was made. */
  change: (changes: Partial<ModelsView>) => void;
  filterBy: (changes: Partial<ModelFilter>) => void;
  /** Something on its way: letters of a word, places of a slider. */
  draftFilter: (changes: Partial<ModelFilter>) => void;
} {
  const params = useSearchParams();
  const written = useMemo(() => readModelsView(new URLSearchParams(params)), [params]);
  const [wanted, setWanted] = useState<ModelsView | null>(null);
  const [sent, setSent] = useState<string | null>(null);

  // Next hands on a new address a moment after it was written. What is wanted shows until then, and after it: the same
  // again would be drawn anew. An address that did not come from here (a link, the way back) is what is wanted then.
  const [seen, setSeen] = useState(written);
  if (seen !== written) {
    setSeen(written);
    if (wanted !== null && modelsHref(written) !== sent) setWanted(null);
  }
  const view = wanted ?? written;

  // What the latest step of the history came from: letters of one word belong together, those of two words do not.
  const lastStep = useRef<string>(undefined);
  useEffect(() => {
    const forget = () => {
      lastStep.current = undefined;
    };
    window.addEventListener("popstate", forget);
    return () => window.removeEventListener("popstate", forget);
  }, []);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The same as long as the view is: what draws the filters need not do it again.
  return useMemo(() => {
    const write = (next: ModelsView, step: string | undefined) => {
      const href = modelsHref(next);
      if (href === window.location.pathname + window.location.search) {
        setWanted(null);
      } else {
        setSent(href);
        window.history[step !== undefined && step === lastStep.current ? "replaceState" : "pushState"](null, "", href);
      }
      lastStep.current = step;
    };
    const show = (next: ModelsView, draftOf?: string) => {
      setWanted(next);
      clearTimeout(timer.current);
      if (draftOf === undefined) write(next, undefined);
      else timer.current = setTimeout(() => write(next, draftOf), WRITE_AFTER_MS);
    };
    return {
      view,
      change: (changes) => show({ ...view, ...changes }),
      filterBy: (changes) => show({ ...view, filter: { ...view.filter, ...changes } }),
      draftFilter: (changes) => show({ ...view, filter: { ...view.filter, ...changes } }, Object.keys(changes).join()),
    };
  }, [view]);
}
