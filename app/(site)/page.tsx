import { clientSamples } from "@/components/home/client-samples";
import { ClientTabs } from "@/components/home/client-tabs";
import { RoutePreviewPanel } from "@/components/home/route-preview-panel";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format-count";
import { TextLink } from "@/components/ui/text-link";
import { env } from "@/lib/env";
import { describeReach } from "@/lib/gateway/describe-reach";
import { listPreviewModels } from "@/lib/gateway/list-preview-models";
import { previewRoute } from "@/lib/gateway/preview-route";
import { findSignedInUser } from "@/lib/identity/session";
import type { RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { getBaseUrl } from "../base-url";

export default async function HomePage() {
  const [user, baseUrl] = await Promise.all([findSignedInUser(), getBaseUrl()]);
  const models = listPreviewModels();
  const reach = describeReach();
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-page flex-1 px-gutter pt-10 pb-20 outline-none sm:pt-14"
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="grid content-start gap-6">
          <h1 className="max-w-[11ch] font-semibold text-display">One API. Every model. Every line in sight.</h1>
          <p className="max-w-[46ch] text-muted text-lg">
            Signalbox sends each request to the best provider that can serve it, falls back when one fails, and writes
            down every dollar and every reason. It speaks the API that your tools know, and it is yours to run.
          </p>
          <div className="flex flex-wrap gap-2.5">
            <WayIn isSignedIn={user !== null} />
          </div>
          <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-3 border-t pt-4 text-dense">
            <Figure
              name={reach.isSandbox ? "models, in the sandbox" : "models that can be reached"}
              count={reach.models}
            />
            <Figure name="endpoints" count={reach.endpoints} />
            <Figure name="providers" count={reach.providers} />
          </dl>
        </div>
        <section aria-labelledby="preview-title" className="lg:border-s lg:ps-10">
          <h2 id="preview-title" className="mb-4 font-semibold text-lg">
            Where would it go?
          </h2>
          <LivePreview models={models} accountId={user?.accountId ?? null} />
        </section>
      </div>
      <section className="mt-16 grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-6 border-t pt-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="grid content-start gap-4">
          <h2 className="font-semibold text-xl">Point a client at it</h2>
          <p className="max-w-[46ch] text-muted">
            Any client of the OpenAI or OpenRouter API works. Change its base URL, and use a{" "}
            <TextLink href="/settings/keys">key of yours</TextLink>.
          </p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <code className="wrap-anywhere font-mono text-sm">{baseUrl}/api/v1</code>
            <CopyButton text={`${baseUrl}/api/v1`} label="Copy the base URL" variant="quiet" iconOnly />
          </p>
        </div>
        <ClientTabs samples={clientSamples(baseUrl, models[0]?.id ?? "openrouter/auto")} />
      </section>
    </main>
  );
}

function WayIn({ isSignedIn }: { isSignedIn: boolean }) {
  if (isSignedIn) {
    return (
      <>
        <ButtonLink href="/chat" variant="primary">
          Open the chat
        </ButtonLink>
        <ButtonLink href="/settings/keys">Get a key</ButtonLink>
        <ButtonLink href="/activity">See your activity</ButtonLink>
      </>
    );
  }
  return (
    <>
      {env().SIGNUP === "open" && (
        <ButtonLink href="/sign-up" variant="primary">
          Create an account
        </ButtonLink>
      )}
      <ButtonLink href="/sign-in" variant={env().SIGNUP === "open" ? "secondary" : "primary"}>
        Sign in
      </ButtonLink>
    </>
  );
}

function Figure({ name, count }: { name: string; count: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-muted">{name}</dt>
      <dd className="font-semibold text-xl">{formatCount(count)}</dd>
    </div>
  );
}

async function LivePreview({
  models,
  accountId,
}: {
  models: ReturnType<typeof listPreviewModels>;
  accountId: string | null;
}) {
  const [first] = models;
  if (first === undefined) {
    return (
      <EmptyState title="No model can be reached yet">
        <p className="max-w-prose text-muted">
          Set a provider's key (<code className="font-mono">OPENAI_API_KEY</code> and others), or{" "}
          <code className="font-mono">SANDBOX=on</code>, and start again.
        </p>
      </EmptyState>
    );
  }
  const request: RoutePreviewRequest = {
    model: first.id,
    prompt: "Explain to a child how a railway signal box works.",
    sort: "balance",
    denyDataCollection: false,
    withTools: false,
  };
  const plan = await previewRoute(request, accountId, Date.now());
  return <RoutePreviewPanel models={models} initialRequest={request} initialPlan={plan} />;
}
