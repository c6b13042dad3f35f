import type { Metadata } from "next";
import { ProviderKeys } from "@/components/settings/provider-keys";
import { ComingLater } from "@/components/shell/coming-later";
import { Page } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import { listProviderSetup } from "@/lib/gateway/list-provider-setup";
import { requireSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Integrations" };

export default async function IntegrationsPage() {
  const user = await requireSignedInUser("/settings/integrations");
  if (!user.isAdmin) {
    return (
      <ComingLater
        title="Integrations"
        will="Provider keys of your own will be kept here, encrypted, and used before the operator's."
      >
        <p>
          The operator's keys serve you. What they cost is in your <TextLink href="/activity">activity</TextLink>.
        </p>
      </ComingLater>
    );
  }
  return (
    <Page
      title="Integrations"
      description="The operator's provider keys: environment variables, read at the start. Checking one makes a real call of a few tokens. Keys of each account, kept encrypted, come later."
    >
      <ProviderKeys providers={listProviderSetup()} />
    </Page>
  );
}
