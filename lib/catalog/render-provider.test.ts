import { expect, test } from "vitest";
import { renderProvider } from "@/lib/catalog/render-provider";
import { type ProviderFact, providerFactSchema } from "@/lib/schemas/catalog";
import { publicProviderSchema } from "@/lib/schemas/public-catalog";
import shippedProviders from "@/prisma/catalog/providers.json";

const provider: ProviderFact = {
  slug: "host",
  name: "Host",
  kind: "hosted",
  dataPolicy: null,
  protocol: "openai-compatible",
  keyVariables: ["HOST_API_KEY"],
};

test("a provider of which little is known has null where clients read null", () => {
  expect(renderProvider(provider)).toEqual({
    name: "Host",
    slug: "host",
    privacy_policy_url: null,
    terms_of_service_url: null,
    status_page_url: null,
    headquarters: null,
    datacenters: null,
  });
});

test("what is known of a provider is shown, save how it is called", () => {
  const known: ProviderFact = {
    ...provider,
    headquarters: "FR",
    datacenters: ["FR", "DE"],
    privacyPolicyUrl: "https://host.example/privacy",
    termsOfServiceUrl: "https://host.example/terms",
    statusPageUrl: "https://status.host.example",
    baseUrl: "https://api.host.example/v1",
  };
  expect(renderProvider(known)).toEqual({
    name: "Host",
    slug: "host",
    privacy_policy_url: "https://host.example/privacy",
    terms_of_service_url: "https://host.example/terms",
    status_page_url: "https://status.host.example",
    headquarters: "FR",
    datacenters: ["FR", "DE"],
  });
});

test("every provider that ships with the source renders as a public provider", () => {
  expect(shippedProviders.length).toBeGreaterThanOrEqual(90);
  for (const fact of shippedProviders) {
    const rendered = renderProvider(providerFactSchema.parse(fact));
    expect(publicProviderSchema.parse(rendered)).toEqual(rendered);
  }
});
