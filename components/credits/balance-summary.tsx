import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import { TextLink } from "@/components/ui/text-link";

export type Balance = {
  /** Exact decimals in USD. */
  balanceUsd: string;
  creditsUsd: string;
  usageUsd: string;
  lastMonthUsd: string;
  level: "empty" | "low" | "fine";
  /** At the pace of the last seven days; `null` where nobody can say. */
  daysLeft: number | null;
};

/** What there is to spend, and how far it reaches. */
export function BalanceSummary({ balance }: { balance: Balance }) {
  const { level, daysLeft } = balance;
  return (
    <div className="grid gap-4">
      {level === "empty" && (
        <Notice tone="danger">The balance is used up: requests are refused until credits are added.</Notice>
      )}
      {level === "low" && (
        <Notice tone="caution">
          The balance is low
          {daysLeft !== null && `: at the pace of the last seven days it lasts ${inDays(daysLeft)}`}. When it is used
          up, requests are refused.
        </Notice>
      )}
      <StatRow>
        <Stat
          label="Balance"
          value={<Money usd={balance.balanceUsd} />}
          note={level !== "empty" && daysLeft !== null ? `Lasts ${inDays(daysLeft)} at the present pace` : undefined}
        />
        <Stat
          label="Spent in the last 30 days"
          value={<Money usd={balance.lastMonthUsd} />}
          note={<TextLink href="/activity">Where it went</TextLink>}
        />
        <Stat label="Added in all" value={<Money usd={balance.creditsUsd} />} />
        <Stat label="Used in all" value={<Money usd={balance.usageUsd} />} />
      </StatRow>
    </div>
  );
}

function inDays(days: number): string {
  if (days < 1) return "less than a day";
  return days === 1 ? "about a day" : `about ${days} days`;
}
