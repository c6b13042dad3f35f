import type { Metadata } from "next";
import { Suspense } from "react";
import { ApiKeyManager } from "@/components/settings/api-key-manager";
import { Page } from "@/components/ui/page";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { listApiKeys } from "@/lib/identity/api-keys";
import { requireSignedInUser } from "@/lib/identity/session";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage() {
  const user = await requireSignedInUser("/settings/keys");
  return (
    <Page
      title="API keys"
      description="What a program signs its requests with. Give each program its own: then you see what it spends, can limit it, and can stop it alone."
    >
      <Suspense fallback={<TableSkeleton label="Loading your keys" rows={4} />}>
        <Keys accountId={user.accountId} />
      </Suspense>
    </Page>
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
  return <ApiKeyManager kind="inference" initialKeys={keys} />;
}
