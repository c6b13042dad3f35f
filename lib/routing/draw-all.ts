/**
 * Draws all items one after another, each time with probability proportional to the weight of those that are left.
 * `share` is an item's probability of being drawn first.
 */
export function drawAll<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  random: () => number,
): { item: T; share: number }[] {
  const pool = items.map((item) => ({ item, weight: weightOf(item) }));
  const total = pool.reduce((sum, { weight }) => sum + weight, 0);
  const result: { item: T; share: number }[] = [];
  let left = total;
  while (pool.length > 0) {
    const chosen = drawIndex(pool, random() * left);
    for (const { item, weight } of pool.splice(chosen, 1)) {
      left -= weight;
      result.push({ item, share: weight / total });
    }
  }
  return result;
}

/** The entry that `point` falls on when the weights are laid end to end. */
function drawIndex(pool: readonly { weight: number }[], point: number): number {
  let end = 0;
  const index = pool.findIndex(({ weight }) => {
    end += weight;
    return point < end;
  });
  // Rounding may leave a sliver beyond the last weight: the last one then takes it.
  return index === -1 ? pool.length - 1 : index;
}
