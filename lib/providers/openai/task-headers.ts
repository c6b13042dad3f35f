import type { AdapterTarget } from "../types";

/** The headers of a call that is answered with JSON. */
export function taskHeaders({ apiKey }: AdapterTarget): Record<string, string> {
  return {
    "content-type": "application/json",
    accept: "application/json",
    // Local servers have no key, and some refuse an empty one.
    ...(apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}
