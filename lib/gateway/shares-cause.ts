import type { UpstreamFailure } from "@/lib/providers/types";
import type { Candidate } from "@/lib/routing/types";
import { isAboutTheRequest } from "./upstream-failure";

/** A candidate that was tried, and why it gave no answer. */
export type Failed = {
  candidate: Pick<Candidate, "model" | "endpoint">;
  failure: UpstreamFailure;
  /** Our own adapter could not say the request in the protocol of that name. */
  unspeakableIn: string | undefined;
};

/**
 * Whether another candidate would refuse the request for the same cause: endpoints of the same model that speak the
 * same protocol when the protocol cannot express the request, those with no longer context when it did not fit, and all
 * of the model when it is wrong in itself. What is the provider's own fault is shared by nobody.
 */
export function sharesCause(
  { candidate: failed, failure, unspeakableIn }: Failed,
  other: Pick<Candidate, "model" | "endpoint">,
  otherProtocol: string | undefined,
): boolean {
  if (!isAboutTheRequest(failure.status) || other.model.id !== failed.model.id) return false;
  if (unspeakableIn !== undefined) return otherProtocol === unspeakableIn;
  if (failure.cause === "context_length") return other.endpoint.contextTokens <= failed.endpoint.contextTokens;
  return true;
}
