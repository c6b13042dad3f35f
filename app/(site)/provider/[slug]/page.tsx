import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { OfferTable } from "@/components/models/offer-table";
import { ProviderFacts } from "@/components/models/provider-facts";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, Section } from "@/components/ui/page";
import { findProvider } from "@/lib/gateway/describe-provider";
import { reachOf } from "@/lib/gateway/reach-of";
import { findSignedInUser } from "@/lib/identity/session";
import { decodedSegment } from "../../decoded-segment";

type PageProps = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const provider = await find(params);
  return provider === undefined ? {} : { title: provider.name };
}

export default async function ProviderPage({ params }: PageProps) {
  const provider = await find(params);
  if (provider === undefined) {
    const slug = decodedSegment((await params).slug);
    if (slug !== slug.toLowerCase()) redirect(`/provider/${encodeURIComponent(slug.toLowerCase())}`);
    notFound();
  }
  return (
    <Page
      title={provider.name}
      above={<Breadcrumbs trail={[{ href: "/providers", label: "Providers" }]} current={provider.slug} />}
      actions={
        provider.models > 0 && (
          <ButtonLink href={`/models?providers=${provider.slug}`} prefetch={false}>
            Filter its models
          </ButtonLink>
        )
      }
    >
      <ProviderFacts provider={provider} />
      <Section
        id="models"
        title="Models"
        description="Speeds and uptime are what this installation measured: over the last half hour, and the last day."
      >
        {provider.offers.length === 0 ? (
          <EmptyState title="No model of the catalog is served here" />
        ) : (
          <OfferTable label={`Models at ${provider.name}`} offers={provider.offers} subject="model" />
        )}
      </Section>
    </Page>
  );
}

async function find(params: PageProps["params"]) {
  const nowMs = Date.now();
  const reach = await reachOf(await findSignedInUser(), nowMs);
  return findProvider(decodedSegment((await params).slug), reach, nowMs);
}
