import type { Metadata } from "next";
import { Suspense } from "react";
import { IntegrationManager } from "@/components/integrations/integration-manager";
import { ProviderKeys } from "@/components/settings/provider-keys";
import { Page, Section } from "@/components/ui/page";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { BYOK_FEE_PERCENT } from "@/lib/billing/byok-fee";
import { env } from "@/lib/env";
import { listCredentials, listKeyedProviders } from "@/lib/gateway/list-credentials";
import { listProviderSetup } from "@/lib/gateway/list-provider-setup";
import { listApiKeys } from "@/lib/identity/api-keys";
import { requireSignedInUser } from "@/lib/identity/session";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";

export const metadata: Metadata = { title: "Integrations" };

export default async function IntegrationsPage() {
  const user = await requireSignedInUser("/settings/integrations");
  const free = env().BYOK_FREE_REQUESTS.toLocaleString("en-US");
  return (
    <Page
      title="Integrations"
      description={`Your own keys at providers. They are tried first, in the order you give them. Each month ${free} requests with them are free; after that each costs ${BYOK_FEE_PERCENT} % of its usual price.`}
    >
      <Suspense fallback={<TableSkeleton label="Loading your provider keys" rows={3} />}>
        <OwnKeys accountId={user.accountId} />
      </Suspense>
      {user.isAdmin && (
        <Section
          title="The operator's keys"
          description="Environment variables, read at the start. They serve everybody. Checking one makes a real call of a few tokens."
        >
          <ProviderKeys providers={listProviderSetup()} />
        </Section>
      )}
    </Page>
  );
}

async function OwnKeys({ accountId }: { accountId: string }) {
  const [credentials, apiKeys] = await Promise.all([
    listCredentials(accountId),
    listApiKeys({ accountId, kind: "inference", offset: 0, limit: MAX_SHOWN_KEYS, includeDisabled: true }),
  ]);
  return (
    <IntegrationManager
      providers={listKeyedProviders()}
      apiKeys={apiKeys.map(({ hash, name }) => ({ hash, name }))}
      initialCredentials={credentials}
    />
  );
}
