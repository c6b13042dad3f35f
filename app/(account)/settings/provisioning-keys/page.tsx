import type { Metadata } from "next";
import { Suspense } from "react";
import { ApiKeyManager } from "@/components/settings/api-key-manager";
import { CodeBlock } from "@/components/ui/code-block";
import { Page, Section } from "@/components/ui/page";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { listApiKeys } from "@/lib/identity/api-keys";
import { requireSignedInUser } from "@/lib/identity/session";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import { getBaseUrl } from "../../../base-url";

export const metadata: Metadata = { title: "Provisioning keys" };

export default async function ProvisioningKeysPage() {
  const user = await requireSignedInUser("/settings/provisioning-keys");
  return (
    <Page
      title="Provisioning keys"
      description="Keys for programs that manage your account: they make, change and delete API keys, read your activity and change your settings. They answer no requests themselves."
    >
      <Suspense fallback={<TableSkeleton label="Loading your provisioning keys" rows={3} />}>
        <Keys accountId={user.accountId} />
      </Suspense>
      <Section title="How they are used">
        <Sample />
      </Section>
    </Page>
  );
}

async function Keys({ accountId }: { accountId: string }) {
  const kind = "provisioning";
  const keys = await listApiKeys({ accountId, kind, offset: 0, limit: MAX_SHOWN_KEYS, includeDisabled: true });
  return <ApiKeyManager kind={kind} initialKeys={keys} />;
}

async function Sample() {
  const code = `curl ${await getBaseUrl()}/api/v1/keys \\
  -H "Authorization: Bearer $PROVISIONING_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"name": "Customer 7", "limit": 5, "limit_reset": "monthly"}'`;
  return <CodeBlock label="Make a key for a customer, with a limit of $5 a month" language="shell" code={code} />;
}
