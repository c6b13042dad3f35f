import { DIALECT_FACTS } from "./dialect-facts";
import type { ProviderQuirks } from "./provider-quirks";

const PLAIN: ProviderQuirks = {
  maxTokensField: "max_tokens",
  reasoning: "effort",
  replay: undefined,
  developerRole: false,
  cacheControl: false,
  metadata: false,
  streamOptions: true,
  stringContent: false,
  // Documents go inline in the protocol itself. Source: type declarations of the npm package openai 7.55.0.
  opens: ["image", "video"],
  reasoningFormat: false,
  resultMedia: false,
  messageNames: true,
  alternates: false,
  shortCallIds: false,
  prefixField: false,
  ownMediaParts: false,
  forcesCalls: true,
  serviceTiers: undefined,
  always: {},
  renamed: {},
  refused: [],
  refusedWhenReasoning: [],
};

/** A dialect, and whether its messages are those of the protocol itself, which those of most are. */
type Dialect = ProviderQuirks & { isPlain: boolean };

const PLAIN_DIALECT = dialectOf({});

const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  Object.entries(DIALECT_FACTS).map(([providerSlug, quirks]) => [providerSlug, dialectOf(quirks)]),
);

function dialectOf(facts: Partial<ProviderQuirks>): Dialect {
  const quirks = { ...PLAIN, ...facts };
  const { messageNames, alternates, shortCallIds, prefixField, ownMediaParts } = quirks;
  return { ...quirks, isPlain: messageNames && !alternates && !shortCallIds && !prefixField && !ownMediaParts };
}

/** The dialect of a provider. */
export function quirksOf(providerSlug: string): Dialect {
  return DIALECTS.get(providerSlug) ?? PLAIN_DIALECT;
}
