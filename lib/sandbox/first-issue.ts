import type { z } from "zod";

export type LocatedIssue = { issue: z.core.$ZodIssue; path: readonly PropertyKey[] };

/** The first thing wrong with a request and where; inside a union the one that lies deepest, which is what was meant. */
export function firstIssue(error: z.core.$ZodError): LocatedIssue {
  const [issue] = error.issues;
  if (issue === undefined) throw new Error("a failed parse has no issue");
  return deepest(issue, []);
}

function deepest(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): LocatedIssue {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union") return { issue, path };
  let best: LocatedIssue = { issue, path };
  for (const [first] of issue.errors) {
    if (first === undefined) continue;
    const inner = deepest(first, path);
    if (inner.path.length > best.path.length) best = inner;
  }
  return best;
}
