import type { Metadata } from "next";
import { cookies } from "next/headers";
import { clientSamples } from "@/components/home/client-samples";
import { FirstKey } from "@/components/settings/first-key";
import { ProviderKeys } from "@/components/settings/provider-keys";
import { Page } from "@/components/ui/page";
import { FirstRequest } from "@/components/welcome/first-request";
import { SKIPPED_COOKIE, skippedOf } from "@/components/welcome/skipped-steps";
import { WelcomeSteps } from "@/components/welcome/welcome-steps";
import { listGenerations } from "@/lib/activity/list-generations";
import { describeReach } from "@/lib/gateway/describe-reach";
import { listPreviewModels } from "@/lib/gateway/list-preview-models";
import { listProviderSetup } from "@/lib/gateway/list-provider-setup";
import { listApiKeys } from "@/lib/identity/api-keys";
import { requireSignedInUser } from "@/lib/identity/session";
import { getBaseUrl } from "../../base-url";

export const metadata: Metadata = { title: "First steps" };

/** UTC days, as far back as the activity goes at once. */
function lastYear(now: Date): { from: string; to: string } {
  const from = new Date(now);
  from.setUTCDate(from.getUTCDate() - 365);
  return { from: from.toISOString().slice(0, 10), to: now.toISOString().slice(0, 10) };
}

export default async function WelcomePage() {
  const user = await requireSignedInUser("/welcome");
  const [keys, generations, cookieStore, baseUrl] = await Promise.all([
    listApiKeys({ accountId: user.accountId, kind: "inference", offset: 0, limit: 1, includeDisabled: true }),
    listGenerations({ accountId: user.accountId, filter: lastYear(new Date()), limit: 1 }),
    cookies(),
    getBaseUrl(),
  ]);
  const { isSandbox } = describeReach();
  const model = listPreviewModels()[0]?.id ?? "openrouter/auto";
  const providers = user.isAdmin ? listProviderSetup() : [];
  const [curl] = clientSamples(baseUrl, model);
  return (
    <Page
      title={`Welcome, ${user.name}`}
      description="Three first steps. Each is done here, and each can be skipped."
      width="text"
    >
      <WelcomeSteps
        skipped={skippedOf(cookieStore.get(SKIPPED_COOKIE)?.value)}
        steps={[
          {
            id: "sandbox",
            title: isSandbox ? "Try the sandbox" : "Send a first question",
            description: isSandbox
              ? "Built-in providers answer until a real one has a key: the whole road, at the real prices, without a real call."
              : "The whole road in one click: the choice of a provider, the answer, the price.",
            isDone: generations.rows.length > 0,
            content: <FirstRequest model={model} isSandbox={isSandbox} />,
          },
          {
            id: "provider",
            title: "Add a provider key",
            description: user.isAdmin
              ? "The operator's keys are environment variables, read at the start: set one, start again, and check it here with a real call. Keys of your own, kept encrypted, come later."
              : "The operator's keys serve everybody here. Keys of your own, used before those, come later.",
            isDone: !isSandbox,
            content: user.isAdmin ? <ProviderKeys providers={providers} /> : null,
          },
          {
            id: "key",
            title: "Create an API key",
            description: "With it, any client of the OpenAI or OpenRouter API can use this installation as you.",
            isDone: keys.length > 0,
            content: <FirstKey sample={curl?.code ?? ""} />,
          },
        ]}
      />
    </Page>
  );
}
