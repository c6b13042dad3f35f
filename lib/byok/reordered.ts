/** The ids with one of them at another place; behind the last one when the place is beyond it. */
export function reordered(ids: readonly string[], moved: string, place: number): readonly string[] {
  const others = ids.filter((id) => id !== moved);
  return [...others.slice(0, place), moved, ...others.slice(place)];
}
