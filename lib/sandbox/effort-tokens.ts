const EFFORT_TOKENS: Readonly<Record<string, number>> = {
  minimal: 60,
  low: 120,
  medium: 250,
  high: 500,
  xhigh: 800,
  max: 800,
};

/** However large the budget is that a client gives, the sandbox thinks no longer than this. */
export const MOST_BUDGET_TOKENS = 500;

/** How many tokens the sandbox thinks with, by the effort that is asked for; for a word it does not know, as for none. */
export function effortTokens(effort: string | null | undefined): number {
  return EFFORT_TOKENS[effort ?? "medium"] ?? 250;
}
