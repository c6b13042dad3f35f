import type { Metadata } from "next";
import { Suspense } from "react";
import { GenerationFeed } from "@/components/activity/generation-feed";
import { GenerationTableSkeleton } from "@/components/activity/generation-table-skeleton";
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
    <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
      <h1 className="font-semibold text-2xl tracking-tight">Activity</h1>
      <p className="mt-2 mb-8 max-w-prose text-muted">
        Every request with its cost to the billionth of a dollar, and why it went where it went.
      </p>
      <Suspense fallback={<GenerationTableSkeleton />}>
        <Generations accountId={user.accountId} openId={typeof generation === "string" ? generation : null} />
      </Suspense>
    </main>
  );
}

async function Generations({ accountId, openId }: { accountId: string; openId: string | null }) {
  const [firstPage, open] = await Promise.all([
    listGenerations({ accountId, limit: GENERATIONS_PER_PAGE }),
    openId === null ? null : findGeneration(accountId, openId),
  ]);
  return <GenerationFeed firstPage={firstPage} initiallyOpen={open} />;
}
