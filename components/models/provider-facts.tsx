import { CopyButton } from "@/components/ui/copy-button";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { TextLink } from "@/components/ui/text-link";
import type { ProviderDescription } from "@/lib/schemas/provider-description";
import { countryName } from "./country-name";
import { DataPolicyBadge, sentenceOf } from "./data-policy-badge";
import { ProviderAccess } from "./provider-access";

/** Who a provider is, what it does with prompts, and where it says so itself. */
export function ProviderFacts({ provider }: { provider: ProviderDescription }) {
  const { slug, access, headquarters, dataCenters, dataPolicy, policyAsOf, requiresUserIds, isLocal } = provider;
  const links = [
    ["Status page", provider.statusPageUrl],
    ["Privacy policy", provider.privacyPolicyUrl],
    ["Terms of service", provider.termsOfServiceUrl],
    ["Documentation", provider.docsUrl],
  ] as const;
  const known = links.flatMap(([label, url]) => (url === undefined ? [] : [{ label, url }]));
  return (
    <div className="max-w-text">
      <KeyValues>
        <KeyValue name="Slug">
          <span className="inline-flex items-center gap-1">
            <code className="font-mono text-dense">{slug}</code>
            <CopyButton text={slug} label={`Copy ${slug}`} variant="quiet" iconOnly />
          </span>
        </KeyValue>
        <KeyValue name="From here">
          <ProviderAccess access={access} />
          {access === "none" && (
            <>
              {" · "}
              <TextLink href="/settings/integrations">add a key</TextLink>
            </>
          )}
        </KeyValue>
        <KeyValue name="Prompts">
          <DataPolicyBadge policy={dataPolicy} /> {sentenceOf(dataPolicy)}
          {policyAsOf !== undefined && <span className="text-muted"> As of {policyAsOf}.</span>}
        </KeyValue>
        {requiresUserIds && <KeyValue name="User ids">Wants an opaque id of the end user with each request.</KeyValue>}
        {isLocal && <KeyValue name="Runs">On a machine of yours.</KeyValue>}
        {headquarters !== undefined && <KeyValue name="Head office">{countryName(headquarters)}</KeyValue>}
        {dataCenters.length > 0 && (
          <KeyValue name="Data centers">{dataCenters.map((code) => countryName(code)).join(", ")}</KeyValue>
        )}
        {known.length > 0 && (
          <KeyValue name="Links">
            <span className="flex flex-wrap gap-x-4">
              {known.map(({ label, url }) => (
                <TextLink key={label} href={url} className="inline-flex min-h-6 items-center">
                  {label}
                </TextLink>
              ))}
            </span>
          </KeyValue>
        )}
      </KeyValues>
    </div>
  );
}
