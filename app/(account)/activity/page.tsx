import { Download } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ActivityCharts } from "@/components/activity/activity-charts";
import { ActivityEmpty } from "@/components/activity/activity-empty";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivitySkeleton } from "@/components/activity/activity-skeleton";
import { GenerationList } from "@/components/activity/generation-list";
import { buttonStyle } from "@/components/ui/button-style";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { RefreshButton } from "@/components/ui/refresh-button";
import { findGeneration } from "@/lib/activity/get-generation";
import { getActivityOverview } from "@/lib/activity/get-overview";
import { hasActivity } from "@/lib/activity/has-activity";
import { listActivityFacets } from "@/lib/activity/list-facets";
import { listGenerations } from "@/lib/activity/list-generations";
import { countDays } from "@/lib/activity-filter/days";
import { readActivityAddress } from "@/lib/activity-filter/read-activity-address";
import { resolveActivityFilter } from "@/lib/activity-filter/resolve-activity-filter";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import { findChargeOf } from "@/lib/billing/list-entries";
import { requireSignedInUser } from "@/lib/identity/session";
import type { ActivityAddress } from "@/lib/schemas/activity-filter";

export const metadata: Metadata = { title: "Activity" };

const ROWS = 50;

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ActivityPage({ searchParams }: PageProps) {
  const address = readActivityAddress(await searchParams);
  const user = await requireSignedInUser(writeActivityAddress(address));
  return (
    <Page
      title="Activity"
      description="Every request with its cost to the billionth of a dollar, and why it went where it went. Days are UTC."
      actions={
        <>
          <RefreshButton />
          <ExportLink address={address} format="csv" />
          <ExportLink address={address} format="json" />
        </>
      }
    >
      <Suspense fallback={<ActivitySkeleton />}>
        <Activity accountId={user.accountId} address={address} />
      </Suspense>
    </Page>
  );
}

async function Activity({ accountId, address }: { accountId: string; address: ActivityAddress }) {
  const filter = resolveActivityFilter(address, Date.now());
  const by = address.by ?? "model";
  const { after, before, generation: openId } = address;
  const [facets, overview, page, opened] = await Promise.all([
    listActivityFacets(accountId),
    getActivityOverview(accountId, filter, by),
    listGenerations({ accountId, filter, after, before, limit: ROWS }),
    openId === undefined ? null : findOpened(accountId, openId),
  ]);
  if (page.rows.length === 0 && opened === null && !(await hasActivity(accountId))) return <ActivityEmpty isNew />;
  return (
    <>
      <ActivityFilters address={address} filter={filter} facets={facets} />
      {openId !== undefined && opened === null && (
        <Notice tone="caution" className="mb-6">
          Your account has no generation {openId}.
        </Notice>
      )}
      {overview.totals.requests > 0 && (
        <ActivityCharts overview={overview} address={address} by={by} days={countDays(filter.from, filter.to)} />
      )}
      {page.rows.length === 0 && <ActivityEmpty isNew={false} />}
      <GenerationList page={page} address={address} opened={opened} />
    </>
  );
}

async function findOpened(accountId: string, id: string) {
  const [generation, charge] = await Promise.all([findGeneration(accountId, id), findChargeOf(accountId, id)]);
  return generation === null ? null : { ...generation, charge };
}

/** Not a `Link`, which would fetch the file ahead. */
function ExportLink({ address, format }: { address: ActivityAddress; format: "csv" | "json" }) {
  const view = { ...address, by: undefined, after: undefined, before: undefined, generation: undefined };
  const href = writeActivityAddress(view, "/api/internal/activity/export");
  return (
    <a
      href={`${href}${href.includes("?") ? "&" : "?"}format=${format}`}
      download
      aria-label={`Export as ${format.toUpperCase()}`}
      className={buttonStyle("secondary", "small")}
    >
      <Download aria-hidden="true" />
      {format.toUpperCase()}
    </a>
  );
}
