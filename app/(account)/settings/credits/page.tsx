import type { Metadata } from "next";
import { Suspense } from "react";
import { BalanceSummary } from "@/components/credits/balance-summary";
import { FreeRequestMeter } from "@/components/credits/free-requests";
import { GrantForm } from "@/components/credits/grant-form";
import { LedgerFilters } from "@/components/credits/ledger-filters";
import { LedgerList } from "@/components/credits/ledger-list";
import { Notice } from "@/components/ui/notice";
import { Page, Section } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { recentSpend } from "@/lib/activity/recent-spend";
import { balanceOutlook } from "@/lib/billing/balance-outlook";
import { getFreeModelAllowance } from "@/lib/billing/free-requests/free-model-allowance";
import { freeRequestLimitsOf } from "@/lib/billing/free-requests/free-request-limits";
import { getBalance } from "@/lib/billing/ledger";
import { findEntry, listEntries } from "@/lib/billing/list-entries";
import { env } from "@/lib/env";
import { requireSignedInUser } from "@/lib/identity/session";
import { usdString } from "@/lib/money";
import type { LedgerAddress } from "@/lib/schemas/ledger";
import { readLedgerAddress, writeLedgerAddress } from "@/lib/schemas/ledger-address";

export const metadata: Metadata = { title: "Credits" };

const ROWS = 50;
const WEEK_DAYS = 7;
const MONTH_DAYS = 30;

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CreditsPage({ searchParams }: PageProps) {
  const address = readLedgerAddress(await searchParams);
  const user = await requireSignedInUser(writeLedgerAddress(address));
  return (
    <Page
      title="Credits"
      description="What your account may spend, and the ledger behind it: every entry with what it was computed from."
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <PaymentNotice isAdmin={user.isAdmin} />
        <Suspense fallback={<Skeleton className="h-24" />}>
          <Summary accountId={user.accountId} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-14 max-w-md" />}>
          <FreeModels accountId={user.accountId} />
        </Suspense>
      </div>
      <Section title="Ledger" description="Days are UTC.">
        <LedgerFilters address={address} />
        <Suspense fallback={<TableSkeleton label="Loading your ledger" />}>
          <Ledger accountId={user.accountId} address={address} />
        </Suspense>
      </Section>
      {user.isAdmin && (
        <Section
          title="Grant credits"
          description="To any account of this server, your own as well. Grants cannot be taken back, and are written into the audit log."
        >
          <GrantForm />
        </Section>
      )}
    </Page>
  );
}

function PaymentNotice({ isAdmin }: { isAdmin: boolean }) {
  const { BILLING, STRIPE_SECRET_KEY } = env();
  if (BILLING === "off") {
    return <Notice tone="neutral">Billing is off on this server: usage is metered, and nothing is refused.</Notice>;
  }
  if (STRIPE_SECRET_KEY !== undefined) return null;
  return (
    <Notice tone="neutral">
      Payments are off: this server has no payment provider.{" "}
      {isAdmin ? "You can grant credits below." : "Its administrators can grant you credits."}
    </Notice>
  );
}

async function Summary({ accountId }: { accountId: string }) {
  const nowMs = Date.now();
  const [balance, weekNanoUsd, monthNanoUsd] = await Promise.all([
    getBalance(accountId),
    recentSpend(accountId, WEEK_DAYS, nowMs),
    recentSpend(accountId, MONTH_DAYS, nowMs),
  ]);
  const outlook = balanceOutlook(balance.balanceNanoUsd, weekNanoUsd, WEEK_DAYS);
  return (
    <BalanceSummary
      balance={{
        balanceUsd: usdString(balance.balanceNanoUsd),
        creditsUsd: usdString(balance.creditsNanoUsd),
        usageUsd: usdString(balance.usageNanoUsd),
        lastMonthUsd: usdString(monthNanoUsd),
        daysLeft: outlook.daysLeft,
        // Nothing is refused where nothing is charged.
        level: env().BILLING === "off" ? "fine" : outlook.level,
      }}
    />
  );
}

async function FreeModels({ accountId }: { accountId: string }) {
  const limits = freeRequestLimitsOf(env());
  const { used, limit, perMinute } = await getFreeModelAllowance(accountId, limits);
  if (limits === null) return null;
  const { perDay, perDayOfBuyers, buyerNanoUsd } = limits;
  const canBuy = env().STRIPE_SECRET_KEY !== undefined;
  const isMore = limit !== null && limit === perDay && (perDayOfBuyers === null || perDayOfBuyers > limit);
  const offer = canBuy && isMore ? { limit: perDayOfBuyers, priceUsd: usdString(buyerNanoUsd) } : null;
  return <FreeRequestMeter free={{ used, limit, perMinute, offer }} />;
}

async function Ledger({ accountId, address }: { accountId: string; address: LedgerAddress }) {
  const { entry, ...view } = address;
  const [page, opened] = await Promise.all([
    listEntries({ accountId, ...view, limit: ROWS }),
    entry === undefined ? null : findEntry(accountId, entry),
  ]);
  return <LedgerList page={page} address={address} opened={opened} />;
}
