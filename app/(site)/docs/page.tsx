import type { Metadata } from "next";
import { clientSamples } from "@/components/home/client-samples";
import { ClientTabs } from "@/components/home/client-tabs";
import { Page, Section } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import { listPreviewModels } from "@/lib/gateway/list-preview-models";
import { getBaseUrl } from "../../base-url";

export const metadata: Metadata = { title: "Docs" };

export default async function DocsPage() {
  const baseUrl = await getBaseUrl();
  return (
    <Page
      title="Docs"
      width="text"
      description="The guides and the reference are not built yet. This is what is needed to begin."
    >
      <Section
        title="Send a request"
        description="Signalbox speaks the API of OpenAI and OpenRouter: change the base URL, and use a key of yours."
      >
        <ClientTabs samples={clientSamples(baseUrl, listPreviewModels()[0]?.id ?? "openrouter/auto")} />
      </Section>
      <Section title="What there is">
        <p className="max-w-prose text-muted">
          Chat completions with streaming, tools, images, reasoning and structured outputs; fallbacks through providers
          and models; provider preferences. The README of the project lists every endpoint.
        </p>
        <p className="mt-3">
          <TextLink href="/settings/keys">Create a key</TextLink>
        </p>
      </Section>
    </Page>
  );
}
