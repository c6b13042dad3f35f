"use client";

import { type ChartData, REST_ID } from "@/components/ui/chart/chart-data";
import { ChartLegend } from "@/components/ui/chart/chart-legend";
import { StackedBars } from "@/components/ui/chart/stacked-bars";
import { formatCompact } from "@/components/ui/format-compact";
import { formatCount } from "@/components/ui/format-count";
import { formatUsd } from "@/components/ui/format-usd";
import { Money } from "@/components/ui/money";
import { Stat } from "@/components/ui/stat";
import { TabLinks } from "@/components/ui/tab-links";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import { type ActivityAddress, type ActivityGroup, activityGroupSchema } from "@/lib/schemas/activity-filter";
import type { ActivityOverview } from "@/lib/schemas/activity-overview";
import { changeOf } from "./change-of";
import { pointNamesOf } from "./point-names";

type ActivityChartsProps = {
  overview: ActivityOverview;
  address: ActivityAddress;
  by: ActivityGroup;
  /** The length of the period. */
  days: number;
};

const GROUPS = { model: "By model", provider: "By provider", key: "By key" } as const satisfies Record<
  ActivityGroup,
  string
>;
const POINTS = { hour: "Hour", day: "Day", week: "Week" } as const;

/** Spend, tokens and requests over time, each with its sum and how that compares with the time before. */
export function ActivityCharts({ overview, address, by, days }: ActivityChartsProps) {
  const { bucket, totals, previous } = overview;
  const spend = chartOf(overview, "spendUsd");
  const tokens = chartOf(overview, "tokens");
  const requests = chartOf(overview, "requests");
  const period = days === 1 ? "day" : `${days} days`;
  const labelOf = (what: string) => `${what} per ${bucket}, ${GROUPS[by].toLowerCase()}`;
  return (
    <section aria-label="Charts" className="mb-10 grid grid-cols-[minmax(0,1fr)] gap-5">
      <TabLinks
        label="What the charts are divided by"
        links={activityGroupSchema.options.map((group) => ({
          href: writeActivityAddress({ ...address, by: group === "model" ? undefined : group, generation: undefined }),
          label: GROUPS[group],
          isCurrent: group === by,
        }))}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-7 lg:grid-cols-3">
        <Figure
          label="Spend"
          value={<Money usd={totals.costUsd} />}
          note={changeOf(Number(totals.costUsd), Number(previous.costUsd), period, formatUsd)}
        >
          <StackedBars
            isShared
            label={labelOf("Spend in USD")}
            data={spend}
            format={formatUsd}
            pointLabel={POINTS[bucket]}
            height={150}
          />
        </Figure>
        <Figure
          label="Tokens"
          value={<span title={tokenTitle(totals)}>{formatCompact(totals.promptTokens + totals.completionTokens)}</span>}
          note={changeOf(
            totals.promptTokens + totals.completionTokens,
            previous.promptTokens + previous.completionTokens,
            period,
            formatCompact,
          )}
        >
          <StackedBars
            isShared
            label={labelOf("Tokens in and out")}
            data={tokens}
            format={formatCompact}
            pointLabel={POINTS[bucket]}
            height={150}
          />
        </Figure>
        <Figure
          label="Requests"
          value={formatCount(totals.requests)}
          note={changeOf(totals.requests, previous.requests, period, formatCount)}
        >
          <StackedBars
            isShared
            label={labelOf("Requests")}
            data={requests}
            format={formatCount}
            pointLabel={POINTS[bucket]}
            height={150}
          />
        </Figure>
      </div>
      {spend.series.length > 0 && <ChartLegend series={spend.series} />}
    </section>
  );
}

function Figure({ label, value, note, children }: Parameters<typeof Stat>[0] & { children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
      <dl>
        <Stat label={label} value={value} note={note} />
      </dl>
      {children}
    </div>
  );
}

function chartOf({ bucket, points, groups }: ActivityOverview, measure: "spendUsd" | "tokens" | "requests"): ChartData {
  // A key that was removed and one that was not may have the same name, so ids are what tells groups apart.
  const idOf = ({ id, isRest }: ActivityOverview["groups"][number]) => (isRest ? REST_ID : `group ${id}`);
  return {
    series: groups.map((group) => ({ id: idOf(group), name: group.name })),
    points: points.map((point, place) => ({
      ...pointNamesOf(point, bucket),
      values: Object.fromEntries(groups.map((group) => [idOf(group), group[measure][place] ?? 0])),
    })),
  };
}

function tokenTitle({ promptTokens, completionTokens }: ActivityOverview["totals"]): string {
  return `${formatCount(promptTokens)} tokens in, ${formatCount(completionTokens)} tokens out`;
}
