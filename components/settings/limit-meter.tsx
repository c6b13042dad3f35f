import { formatUsd } from "@/components/ui/format-usd";
import { Meter } from "@/components/ui/meter";
import type { ApiKey } from "@/lib/schemas/api-key";

const PERIODS = { daily: "today", weekly: "this week", monthly: "this month" } as const;

/** How much of its limit a key has used in the current period. */
export function LimitMeter({ apiKey: { limit, limit_remaining, limit_reset } }: { apiKey: ApiKey }) {
  if (limit === null) return <span className="text-muted">None</span>;
  const used = Math.max(0, limit - (limit_remaining ?? limit));
  const period = limit_reset === null ? "" : ` ${PERIODS[limit_reset]}`;
  const text = `${formatUsd(used)} of ${formatUsd(limit)}${period}`;
  return (
    <span className="inline-grid w-full max-w-44 gap-1 max-sm:w-44">
      <span className="whitespace-nowrap">{text}</span>
      {/* A limit of zero is used up before anything is spent. */}
      <Meter label="Used of the limit" value={limit === 0 ? 1 : used} max={limit === 0 ? 1 : limit} text={text} />
    </span>
  );
}
