import type { Metadata } from "next";
import { connection } from "next/server";
import { ModelBrowser } from "@/components/models/model-browser";
import { Page } from "@/components/ui/page";
import { listNames } from "@/lib/catalog/list-names";
import { packedModels } from "@/lib/gateway/listed-models";
import { reachOf } from "@/lib/gateway/reach-of";
import { findSignedInUser } from "@/lib/identity/session";

const FEED = "/api/v1/models?use_rss=true";

export const metadata: Metadata = {
  title: "Models",
  description: "Every model that can be routed to, with its prices, limits and providers.",
  alternates: { types: { "application/rss+xml": FEED } },
};

export default async function ModelsPage() {
  // The catalog is there when somebody asks, and not while the pages are built.
  await connection();
  const nowMs = Date.now();
  const packed = await packedModels(nowMs, await reachOf(await findSignedInUser(), nowMs));
  const { authors, providers } = listNames();
  return (
    <Page
      title="Models"
      description={`What ${providers.length} providers offer. Prices are in USD per million tokens.`}
    >
      <ModelBrowser packed={packed} authors={authors} providers={providers} feedHref={FEED} nowMs={nowMs} />
    </Page>
  );
}
