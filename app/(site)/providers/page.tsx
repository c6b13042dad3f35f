import type { Metadata } from "next";
import { connection } from "next/server";
import { ProviderTable } from "@/components/models/provider-table";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { listProviderSummaries } from "@/lib/gateway/describe-provider";
import { reachOf } from "@/lib/gateway/reach-of";
import { findSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Providers" };

export default async function ProvidersPage() {
  // The catalog is there when somebody asks, and not while the pages are built.
  await connection();
  const providers = listProviderSummaries(await reachOf(await findSignedInUser(), Date.now()));
  const reachable = providers.filter(({ access }) => access !== "none").length;
  return (
    <Page
      title="Providers"
      description={`${providers.length} companies and programs that serve models, ${reachable} of which can be called here.`}
      above={<Breadcrumbs trail={[{ href: "/models", label: "Models" }]} current="Providers" />}
    >
      <ProviderTable providers={providers} />
    </Page>
  );
}
