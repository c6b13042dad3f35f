import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Suspense } from "react";
import { ApiSection } from "@/components/models/api-section";
import { ModelHeader } from "@/components/models/model-header";
import { ModelSections } from "@/components/models/model-sections";
import { ParameterSection } from "@/components/models/parameter-section";
import { ProviderSection } from "@/components/models/provider-section";
import { RouteSection } from "@/components/models/route-section";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { listNames } from "@/lib/catalog/list-names";
import { describeModel, findModelPage } from "@/lib/gateway/describe-model";
import { planModel } from "@/lib/gateway/plan-model";
import { reachOf } from "@/lib/gateway/reach-of";
import { findSignedInUser } from "@/lib/identity/session";
import { getBaseUrl } from "../../../base-url";
import { decodedSegment } from "../../decoded-segment";

type PageProps = { params: Promise<{ author: string; slug: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const found = await findPage(params);
  if (found?.kind !== "model") return {};
  const { name, description = found.model.fact.description } = found.entry.fact;
  return { title: name, ...(description === undefined ? {} : { description }) };
}

export default async function ModelPage({ params }: PageProps) {
  const found = await findPage(params);
  if (found === undefined) notFound();
  if (found.kind === "moved") redirect(`/${found.id}`);

  const nowMs = Date.now();
  const reach = await reachOf(await findSignedInUser(), nowMs);
  const [model, baseUrl] = await Promise.all([describeModel(found, reach, nowMs), getBaseUrl()]);
  const { id, listed } = model;
  const author = listNames().authors.find(([slug]) => slug === listed.author)?.[1] ?? listed.author;
  return (
    <Page
      title={listed.name}
      above={
        <Breadcrumbs
          trail={[
            { href: "/models", label: "Models" },
            { href: `/models?model_authors=${listed.author}`, label: author },
          ]}
          current={id.slice(id.indexOf("/") + 1)}
        />
      }
      actions={
        <>
          <ButtonLink href={`/models?compare=${listed.id}`} prefetch={false}>
            Compare
          </ButtonLink>
          <ButtonLink href={`/chat?models=${encodeURIComponent(id)}`} variant="primary" prefetch={false}>
            Chat
          </ButtonLink>
        </>
      }
    >
      <ModelHeader model={model} variants={found.variants} />
      <ModelSections hasPool={model.pool.length > 0} />
      <ProviderSection model={model} />
      <Suspense fallback={<Skeleton className="mt-10 h-48" />}>
        <Route found={found} />
      </Suspense>
      <ApiSection id={id} listed={listed} baseUrl={baseUrl} />
      <ParameterSection model={model} />
    </Page>
  );
}

async function Route({ found }: { found: Parameters<typeof planModel>[0] }) {
  const user = await findSignedInUser();
  const plan = await planModel(found, user?.accountId ?? null, Date.now());
  return plan === null ? null : <RouteSection id={found.id} plan={plan} isSignedIn={user !== null} />;
}

async function findPage(params: PageProps["params"]) {
  const { author, slug } = await params;
  return findModelPage(decodedSegment(author), decodedSegment(slug));
}
