import { parseUnitPrice, type UnitPrice, unitPriceString } from "@/lib/money";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { pricesFor } from "./endpoint-price";
import { listed, type Rule } from "./rule";
import type { RoutePreferences } from "./types";

const PER_MILLION = 1_000_000n;

type CapName = keyof RoutePreferences["maxPrice"];

/** What each cap is measured in: so many units of the price it caps. */
const UNITS = {
  prompt: { factor: PER_MILLION, words: "USD per million tokens" },
  completion: { factor: PER_MILLION, words: "USD per million tokens" },
  request: { factor: 1n, words: "USD per request" },
  image: { factor: 1n, words: "USD per image" },
  audio: { factor: PER_MILLION, words: "USD per million tokens" },
} as const satisfies Record<CapName, { factor: bigint; words: string }>;

const CAPS = ["prompt", "completion", "request", "image", "audio"] as const satisfies readonly CapName[];

/** All caps that an endpoint is above are named: to lower one alone would not let it in. */
export const maxPriceRule: Rule = {
  name: "max_price",
  applies: ({ preferences: { maxPrice } }) => CAPS.some((name) => maxPrice[name] !== undefined),
  message: () => "No endpoints found under max_price",
  refuse: (endpoint, model, { needs, preferences: { maxPrice } }) => {
    const above = CAPS.flatMap((name) => {
      const cap = maxPrice[name];
      if (cap === undefined) return [];
      const price = priceOf(name, endpoint, model, needs.promptTokens);
      return price > cap ? [{ name, price: unitPriceString(price * UNITS[name].factor) }] : [];
    });
    if (above.length === 0) return undefined;
    const prices = above.map(({ name, price }) => `${name} price of ${price} ${UNITS[name].words}`);
    return {
      reason: `its ${listed(prices)} ${above.length === 1 ? "is above the cap" : "are above the caps"}`,
      fix: above.map(({ name, price }) => `set provider.max_price.${name} to ${price}`).join("; "),
    };
  },
};

function priceOf(name: CapName, endpoint: Endpoint, model: Model, promptTokens: number): UnitPrice {
  switch (name) {
    case "prompt":
    case "completion":
      return pricesFor(endpoint, promptTokens)[name];
    case "request":
      return endpoint.prices.request;
    case "audio":
      return endpoint.prices.promptAudio;
    case "image":
      return imagePriceOf(endpoint, model);
  }
}

/** The dearer of a picture in the prompt and one that is made, where pictures are priced on their own. */
function imagePriceOf({ fact }: Endpoint, model: Model): UnitPrice {
  const prompted = fact.prices.image === undefined ? 0n : parseUnitPrice(fact.prices.image);
  const made = model.fact.imagePrice === undefined ? 0n : parseUnitPrice(model.fact.imagePrice.first);
  return prompted > made ? prompted : made;
}
