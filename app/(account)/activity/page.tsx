import type { Metadata } from "next";
import { Suspense } from "react";
import { GenerationFeed } from "@/components/activity/generation-feed";
import { Page } from "@/components/ui/page";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { findGeneration } from "@/lib/activity/get-generation";
import { listGenerations } from "@/lib/activity/list-generations";
import { requireSignedInUser } from "@/lib/identity/session";
import { GENERATIONS_PER_PAGE } from "@/lib/queries/generations";

export const metadata: Metadata = { title: "Activity" };

type PageProps = { searchParams: Promise<{ generation?: string | string[] }> };

export default async function ActivityPage({ searchParams }: PageProps) {
  const user = await requireSignedInUser("/activity");
  const { generation } = await searchParams;
  return (
    <Page
      title="Activity"
      description="Every request with its cost to the billionth of a dollar, and why it went where it went."
    >
      <Suspense fallback={<TableSkeleton label="Loading your activity" />}>
        <Generations accountId={user.accountId} openId={typeof generation === "string" ? generation : null} />
      </Suspense>
    </Page>
  );
}

async function Generations({ accountId, openId }: { accountId: string; openId: string | null }) {
  const [firstPage, open] = await Promise.all([
    listGenerations({ accountId, limit: GENERATIONS_PER_PAGE }),
    openId === null ? null : findGeneration(accountId, openId),
  ]);
  return <GenerationFeed firstPage={firstPage} initiallyOpen={open} />;
}
