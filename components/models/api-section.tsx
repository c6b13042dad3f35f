import { Section } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { apiSamples, KEY_PLACEHOLDER, type SampleKind } from "./api-samples";
import { ApiSamplesView } from "./api-samples-view";

/** How the model is called, with the reader's own address filled in. */
export function ApiSection({ id, listed, baseUrl }: { id: string; listed: ListedModel; baseUrl: string }) {
  const base = id.split(":")[0] ?? id;
  return (
    <Section
      id="api"
      title="API"
      description={
        <>
          Put a <TextLink href="/settings/keys">key of yours</TextLink> in place of{" "}
          <code className="font-mono text-xs">{KEY_PLACEHOLDER}</code>.
          {kindOf(listed) === "chat" && listed.status !== "router" && (
            <>
              {" "}
              <TextLink href={`/${base}:nitro`}>:nitro</TextLink> behind the id asks for the fastest provider,{" "}
              <TextLink href={`/${base}:floor`}>:floor</TextLink> for the cheapest.
            </>
          )}
        </>
      }
    >
      <ApiSamplesView samples={apiSamples({ baseUrl, model: id, kind: kindOf(listed) })} />
    </Section>
  );
}

function kindOf({ outputModalities }: ListedModel): SampleKind {
  if (outputModalities.includes("embeddings")) return "embeddings";
  return outputModalities.includes("image") ? "image" : "chat";
}
