import type { EndpointFact, ProviderFact } from "@/lib/schemas/catalog";
import type { Region } from "@/lib/schemas/listed-model";

/** Member states of the European Union by ISO 3166 code. */
const EU = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "));

/** The endpoint's own region, as clouds name theirs: `eu-west-1`, `europe`, `swedencentral`, `us-east5`. */
const CLOUD_REGIONS: readonly (readonly [Region, RegExp])[] = [
  ["eu", /^(eu|sweden|france|germany|italy|spain|poland)/],
  ["us", /^(us|eastus|westus|centralus)/],
];

/**
 * Where an endpoint computes, as far as it is known: its own region, else the countries of its provider's data centers.
 * A head office says nothing about where prompts go.
 */
export function endpointRegions(endpoint: EndpointFact, provider: ProviderFact): readonly Region[] {
  const { region } = endpoint;
  if (region !== undefined) return CLOUD_REGIONS.flatMap(([name, pattern]) => (pattern.test(region) ? [name] : []));
  const countries = provider.datacenters ?? [];
  return [
    ...(countries.some((country) => EU.has(country)) ? (["eu"] as const) : []),
    ...(countries.includes("US") ? (["us"] as const) : []),
  ];
}
