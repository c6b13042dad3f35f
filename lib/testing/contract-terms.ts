import type { z } from "zod";
import type { Adapter, AdapterTarget } from "@/lib/providers/types";

/** What the contract has to know of an adapter's protocol. */
export type ProviderContract = {
  adapter: Adapter;
  target: Pick<AdapterTarget, "providerSlug" | "upstreamId" | "baseUrl">;
  /** Folder of `<what>.<provider>.<model>.<date>.sse|json`. */
  fixtures: URL;
  /** What the protocol requires of a request body. */
  requestSchema: z.ZodType;
  /** A field that we do not know and this provider does. */
  unknownField: { name: string; value: unknown };
  /** Status that the error in the fixture `mid-stream-error` stands for. */
  midStreamErrorStatus: number;
  /** Words of the provider's own in the fixtures `text`, `length` and `content-filter`. */
  nativeFinishReasons: Record<"text" | "length" | "content-filter", string>;
  /** Reads the output limit of a body. */
  limitOf(body: Record<string, unknown>): unknown;
  /** The protocol has no part for documents. */
  takesNoFiles?: true;
  /** The protocol gives answers no id. */
  answersHaveNoId?: true;
};

/** The key that adapters are given, and that stands nowhere but in a header. */
export const CONTRACT_KEY = "sk-contract-0123456789";
