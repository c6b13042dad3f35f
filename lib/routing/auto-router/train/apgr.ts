/** One prompt as the metric sees it: how the router ranks it, and what each of the two models scores on it (0 to 1). */
export type RankedOutcome = { score: number; weak: number; strong: number };

/**
 * RouteLLM's average performance gap recovered: the share of the gap between the weak and the strong model that is won
 * back when the prompts of the highest scores go to the strong one, averaged over every share of calls from none to all.
 * 0.5 is what a random order reaches; equal scores count as a random order among themselves.
 * `undefined` when the strong model is not better. Source: "RouteLLM", arXiv 2406.18665, section 2.
 */
export function apgr(outcomes: readonly RankedOutcome[]): number | undefined {
  const sorted = [...outcomes].sort((a, b) => b.score - a.score);
  const total = sorted.reduce((sum, { strong, weak }) => sum + strong - weak, 0);
  if (total <= 0) return undefined;
  let area = 0;
  let won = 0;
  let index = 0;
  while (index < sorted.length) {
    let end = index;
    let gain = 0;
    while (end < sorted.length && sorted[end]?.score === sorted[index]?.score) {
      const { strong, weak } = sorted[end] ?? { strong: 0, weak: 0 };
      gain += strong - weak;
      end += 1;
    }
    // Within a tie the expected gain grows evenly.
    const size = end - index;
    area += size * (won + gain / 2);
    won += gain;
    index = end;
  }
  return area / (sorted.length * total);
}
