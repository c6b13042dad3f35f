import type { DataPolicy, EndpointOffer } from "./endpoint-offer";

/** A provider in a list of providers. */
export type ProviderSummary = {
  slug: string;
  name: string;
  /** ISO 3166 code of the country. */
  headquarters: string | undefined;
  dataPolicy: DataPolicy;
  /** How it is reached from here: with a key of the operator, played by the sandbox, with the reader's own, or not at all. */
  access: "key" | "sandbox" | "own" | "none";
  /** How many models it serves. */
  models: number;
};

/** All that the page of a provider shows. */
export type ProviderDescription = ProviderSummary & {
  /** It runs on a machine of the reader's. */
  isLocal: boolean;
  /** ISO 3166 codes. */
  dataCenters: readonly string[];
  /** It wants an opaque id of the end user with each request. */
  requiresUserIds: boolean;
  /** When its policy was read. */
  policyAsOf: string | undefined;
  privacyPolicyUrl: string | undefined;
  termsOfServiceUrl: string | undefined;
  statusPageUrl: string | undefined;
  docsUrl: string | undefined;
  offers: readonly EndpointOffer[];
};
