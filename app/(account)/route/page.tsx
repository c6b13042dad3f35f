import type { Metadata } from "next";
import { DryRun } from "@/components/route/dry-run";
import { Page } from "@/components/ui/page";
import { listPreviewModels } from "@/lib/gateway/list-preview-models";
import { listProviderNames } from "@/lib/gateway/list-provider-names";
import { planForUser } from "@/lib/gateway/plan-for-user";
import { requireSignedInUser } from "@/lib/identity/session";
import { readDryRunParameter } from "@/lib/schemas/dry-run-address";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { getBaseUrl } from "../../base-url";
import { currentPath } from "../../current-path";

export const metadata: Metadata = { title: "Dry run" };

const SAMPLE_PROMPT = "Explain in three sentences why trains run on rails.";
const SAMPLE_TOKENS = 500;

type PageProps = { searchParams: Promise<{ request?: string | string[] }> };

export default async function DryRunPage({ searchParams }: PageProps) {
  const user = await requireSignedInUser(await currentPath());
  const [{ request }, baseUrl] = await Promise.all([searchParams, getBaseUrl()]);
  const body = readDryRunParameter([request].flat()[0]) ?? sampleBody();
  return (
    <Page
      title="Dry run"
      description="Where a request would go, why, and what it could cost. No provider is called and nothing is charged."
    >
      <DryRun
        initialBody={body}
        initialPlan={await planOrNull(body, user.accountId)}
        providers={listProviderNames()}
        baseUrl={baseUrl}
        personId={user.id}
      />
    </Page>
  );
}

/** `null`: the request is refused. The page asks once more and shows why, beside the field. */
function planOrNull(body: Record<string, unknown>, accountId: string): Promise<PublicPlan | null> {
  return planForUser(new TextEncoder().encode(JSON.stringify(body)), accountId, Date.now()).catch(() => null);
}

function sampleBody(): Record<string, unknown> {
  const [model] = listPreviewModels();
  return {
    model: model?.id ?? "openrouter/auto",
    messages: [{ role: "user", content: SAMPLE_PROMPT }],
    max_tokens: SAMPLE_TOKENS,
  };
}
