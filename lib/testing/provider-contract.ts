import { describeAnswers } from "./contract-answers";
import { describeBodies } from "./contract-bodies";
import { describeRefusals } from "./contract-refusals";
import type { ProviderContract } from "./contract-terms";

/** Runs every promise that all adapters share against one of them. */
export function describeProviderContract(contract: ProviderContract): void {
  describeAnswers(contract);
  describeBodies(contract);
  describeRefusals(contract);
}
