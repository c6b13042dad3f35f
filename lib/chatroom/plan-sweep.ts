/**
 * How long a file is kept that nothing names: as long as a delete might be undone, and as long as another page may take
 * to write down that it names it.
 */
export const LOOSE_FOR_MS = 10 * 60_000;

type SweptFiles = {
  fileIds: readonly string[];
  /** By a message or a draft. */
  named: ReadonlySet<string>;
  /** Since when files have been known to be named by nothing, in milliseconds since 1970. */
  loose: ReadonlyMap<string, number>;
  nowMs: number;
};

export type SweepPlan = {
  remove: readonly string[];
  /** Named by nothing, seen for the first time. */
  loosen: readonly string[];
  /** Named again, by a delete that was undone. */
  tie: readonly string[];
};

/** What becomes of a room's files. None is removed the first time that nothing names it. */
export function planSweep({ fileIds, named, loose, nowMs }: SweptFiles): SweepPlan {
  const unnamed = fileIds.filter((id) => !named.has(id));
  const isDue = (id: string) => nowMs - (loose.get(id) ?? nowMs) >= LOOSE_FOR_MS;
  const there = new Set(unnamed);
  return {
    remove: unnamed.filter(isDue),
    loosen: unnamed.filter((id) => !loose.has(id)),
    tie: [...loose.keys()].filter((id) => !there.has(id)),
  };
}
