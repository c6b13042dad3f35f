import type { Metadata } from "next";
import { Suspense } from "react";
import { ApiKeyManager } from "@/components/settings/api-key-manager";
import { ApiKeyTableSkeleton } from "@/components/settings/api-key-table-skeleton";
import { listApiKeys } from "@/lib/identity/api-keys";
import { requireSignedInUser } from "@/lib/identity/session";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage() {
  const user = await requireSignedInUser("/settings/keys");
  return (
    <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
      <h1 className="font-semibold text-2xl tracking-tight">API keys</h1>
      <p className="mt-2 mb-8 max-w-prose text-muted">
        What a program signs its requests with. Give each program its own: then you see what it spends, can limit it,
        and can revoke it alone.
      </p>
      <Suspense fallback={<ApiKeyTableSkeleton />}>
        <Keys accountId={user.accountId} />
      </Suspense>
    </main>
  );
}

async function Keys({ accountId }: { accountId: string }) {
  const keys = await listApiKeys({
    accountId,
    kind: "inference",
    offset: 0,
    limit: MAX_SHOWN_KEYS,
    includeDisabled: true,
  });
  return <ApiKeyManager initialKeys={keys} />;
}
