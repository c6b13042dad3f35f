import { formatUsd } from "@/components/ui/format-usd";

/** What each way of putting endpoints into order does, for the plan's headline. */
const STRATEGIES: Readonly<Record<string, string>> = {
  load_balance: "Drawn by lot, the cheaper the more often",
  affinity: "Where the conversation is cached, then by lot",
  order: "In the order of the request",
  price: "The cheapest first",
  throughput: "The fastest first",
  latency: "The quickest first token first",
  exacto: "The most reliable with tools first",
  none: "Nobody may serve it",
};

export function describeStrategy(strategy: string): string {
  return STRATEGIES[strategy] ?? strategy;
}

/** What an endpoint was ranked by, with its unit; which one that is depends on the plan's strategy. */
export function scoreText(strategy: string, score: number | null): string {
  if (score === null) return strategy === "throughput" || strategy === "latency" ? "not measured yet" : "–";
  switch (strategy) {
    case "price":
    case "load_balance":
    case "affinity":
    case "order":
      return score === 0 ? "free" : `${formatUsd(score * 1_000_000)} /M`;
    case "throughput":
      return `${score.toFixed(score < 10 ? 1 : 0)} tok/s`;
    case "latency":
      return `${Math.round(score)} ms`;
    case "exacto":
      return score > 0 ? "listed" : "not listed";
    default:
      return String(score);
  }
}
