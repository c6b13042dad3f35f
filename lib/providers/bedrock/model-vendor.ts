/** Who made a model: each vendor's models take their own fields beside those that all share. */
export type ModelVendor = "anthropic" | "amazon" | "openai" | "mistral" | "cohere" | "other";

const GEOGRAPHY_PREFIX = /^(us-gov|us|eu|apac|ap|jp|au|ca|sa|me|af|global)\./;

/** The vendor by the model's id, with or without the prefix of an inference profile, or by its ARN. */
export function vendorOf(upstreamId: string): ModelVendor {
  const id = upstreamId.replace(/^arn:.*\//, "").replace(GEOGRAPHY_PREFIX, "");
  const [vendor] = id.split(".");
  switch (vendor) {
    case "anthropic":
    case "amazon":
    case "openai":
    case "mistral":
    case "cohere":
      return vendor;
    default:
      return "other";
  }
}

// Models that are served on demand only through an inference profile, named by a prefix for the part of the world.
// Source: docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html, as known in 2026-11.
const PROFILE_ONLY =
  /^(anthropic\.claude-(?!v2|instant|3-haiku|3-sonnet|3-5-sonnet-20240620)|amazon\.nova|meta\.llama(3-[123]|4)|deepseek\.r1|writer\.palmyra)/;

/** `apac` is the older name of the profiles in Asia and the Pacific, and the one that most models there have. */
const PREFIX_BY_GEOGRAPHY: Readonly<Record<string, string>> = { us: "us", ca: "us", eu: "eu", ap: "apac" };

/**
 * The name to call a model by from `region`: with the prefix of its inference profile where it needs one. `scope` is the
 * endpoint's own region, which may ask for the global profile.
 */
export function profileIdOf(upstreamId: string, region: string | undefined, scope: string | undefined): string {
  if (GEOGRAPHY_PREFIX.test(upstreamId) || !PROFILE_ONLY.test(upstreamId)) return upstreamId;
  if (scope === "global") return `global.${upstreamId}`;
  const prefix = PREFIX_BY_GEOGRAPHY[region?.split("-")[0] ?? ""];
  return prefix === undefined ? upstreamId : `${prefix}.${upstreamId}`;
}
