import type { ActivityAddress } from "@/lib/schemas/activity-filter";

/** In this order, so that the same view always has the same address. */
const NAMES = [
  "range",
  "from",
  "to",
  "model",
  "provider",
  "key",
  "app",
  "status",
  "by",
  "after",
  "before",
  "generation",
] as const satisfies readonly (keyof ActivityAddress)[];

/** The address of a view of the activity, below `path`. */
export function writeActivityAddress(address: ActivityAddress, path = "/activity"): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = address[name];
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
