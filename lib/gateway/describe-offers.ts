import "server-only";
import { measurementBook } from "@/lib/measurements/measurements";
import { perMillion } from "@/lib/money";
import type { ModelFact, PriceList, ProviderFact } from "@/lib/schemas/catalog";
import type { Model } from "@/lib/schemas/endpoint";
import type { DataPolicy, EndpointOffer, OtherPrice } from "@/lib/schemas/endpoint-offer";
import type { Reach } from "./endpoint-reach";

/** All offers of these models, in the order of the catalog, with what was measured of them lately. */
export function describeOffers(models: readonly Model[], reach: Reach, nowMs: number): EndpointOffer[] {
  const book = measurementBook();
  return models.flatMap(({ id: modelId, fact, endpoints }) =>
    endpoints.map((endpoint): EndpointOffer => {
      const { id: endpointId, tag, provider, fact: offered } = endpoint;
      const seen = book.measurementsOf(endpointId, nowMs);
      const { prices } = offered;
      return {
        // Not the endpoint's own id: a variant may share the endpoints of its base.
        id: `${modelId}|${tag}`,
        modelId,
        modelName: fact.name,
        tag,
        provider: { slug: provider.slug, name: provider.name },
        region: offered.region ?? provider.fact.headquarters,
        quantization: offered.quantization,
        contextTokens: offered.contextTokens,
        maxOutputTokens: offered.maxOutputTokens,
        ...tokenPricesOf(prices, fact),
        otherPrices: otherPricesOf(prices, fact),
        tiers: (prices.tiers ?? []).map((tier) => ({
          minPromptTokens: tier.minPromptTokens,
          prompt: optional(tier.prompt),
          completion: optional(tier.completion),
        })),
        supportedParameters: offered.supportedParameters,
        cachesByItself: offered.supportsImplicitCaching,
        dataPolicy: dataPolicyOf(provider.fact),
        isReachable: reach(endpoint),
        latencyMs: seen?.latencyMs?.p50,
        throughput: seen?.throughputTokensPerSecond?.p50,
        uptime: seen?.uptimeLast1dPercent == null ? undefined : seen.uptimeLast1dPercent / 100,
        uptimeByHour: book.uptimeByHour(endpointId, nowMs),
      };
    }),
  );
}

/** What a provider does with prompts, the worst first. */
export function dataPolicyOf({ dataPolicy }: ProviderFact): DataPolicy {
  if (dataPolicy === null) return { kind: "unknown" };
  if (dataPolicy.trains) return { kind: "trains" };
  if (dataPolicy.retainsPrompts) return { kind: "retains", days: dataPolicy.retentionDays };
  return { kind: "zdr" };
}

/** Zeros of a model that is charged by the picture are no prices. */
function tokenPricesOf(
  prices: PriceList,
  { imagePrice }: ModelFact,
): Pick<EndpointOffer, "promptPrice" | "completionPrice" | "cacheReadPrice" | "cacheWritePrice"> {
  const byPicture = imagePrice !== undefined && Number(prices.prompt) === 0 && Number(prices.completion) === 0;
  return {
    promptPrice: byPicture ? undefined : perMillion(prices.prompt),
    completionPrice: byPicture ? undefined : perMillion(prices.completion),
    cacheReadPrice: optional(prices.inputCacheRead),
    cacheWritePrice: optional(prices.inputCacheWrite),
  };
}

function otherPricesOf(prices: PriceList, { imagePrice }: ModelFact): OtherPrice[] {
  const perToken = (label: string, price: string | undefined): OtherPrice[] => {
    const usd = optional(price);
    return usd === undefined || usd === 0 ? [] : [{ label, usd, unit: "/M" }];
  };
  const perUse = (label: string, price: string | undefined, unit: string): OtherPrice[] =>
    price === undefined || Number(price) === 0 ? [] : [{ label, usd: Number(price), unit }];
  return [
    ...(imagePrice === undefined ? [] : perUse("Picture", imagePrice.first, `per ${imagePrice.unit}`)),
    ...(imagePrice?.next === imagePrice?.first ? [] : perUse("Further", imagePrice?.next, `per ${imagePrice?.unit}`)),
    ...(prices.internalReasoning === prices.completion ? [] : perToken("Reasoning", prices.internalReasoning)),
    ...perToken("Audio in", prices.audio),
    ...perToken("Images in", prices.image),
    ...(imagePrice === undefined ? perToken("Images out", prices.imageOutput) : []),
    ...perUse("Request", prices.request, "each"),
    ...perUse("Web search", prices.webSearch, "per search"),
  ];
}

function optional(price: string | undefined): number | undefined {
  return price === undefined ? undefined : perMillion(price);
}
