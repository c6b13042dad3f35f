import type { ShownCredential } from "@/lib/schemas/provider-credential";

/** The list with one key at another place among those of its provider. */
export function movedCredentials(
  all: readonly ShownCredential[],
  id: string,
  place: number,
): readonly ShownCredential[] {
  const moved = all.find((one) => one.id === id);
  if (moved === undefined) return all;
  const siblings = all.filter((one) => one.provider === moved.provider && one.id !== id);
  const ordered = [...siblings.slice(0, place), moved, ...siblings.slice(place)];
  let next = 0;
  return all.map((one) => {
    if (one.provider !== moved.provider) return one;
    const there = ordered[next] ?? one;
    next += 1;
    return { ...there, sort_order: next - 1 };
  });
}
