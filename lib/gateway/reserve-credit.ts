import { getBilling } from "@/lib/billing/billing-state";
import { affordableOutput, worstCost } from "@/lib/billing/price-generation";
import { AppError } from "@/lib/errors";
import { type NanoUsd, usdNumber } from "@/lib/money";
import type { Candidate } from "@/lib/routing/types";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Endpoint } from "@/lib/schemas/endpoint";
import type { PromptNeeds } from "./needs-of";
import type { Plan } from "./plan-request";

/** Fewer output tokens than this are no answer: the request is refused rather than lowered to them. */
const MIN_OUTPUT_TOKENS = 16;

/** A candidate that can be paid for, and how long its answer may be. */
export type PaidCandidate = Candidate & {
  /** Sent to the provider; `undefined` leaves the limit to it. */
  maxTokens: number | undefined;
  /** Lower than what the caller, or else the endpoint, allows. */
  clamped: boolean;
};

export type Hold = {
  accountId: string;
  keyHash: string;
  amountNanoUsd: NanoUsd;
  candidates: readonly [PaidCandidate, ...PaidCandidate[]];
};

/**
 * Sets aside what the request can cost at most over all candidates. When less is left, candidates get as many output
 * tokens as it pays for, at least 16.
 *
 * @throws AppError `insufficient_credits` or `key_limit_reached` when no candidate can be paid for; `unavailable` when
 * the database is away.
 */
export async function reserveCredit(
  plan: Plan,
  needs: PromptNeeds,
  request: ChatRequest,
  caller: Caller,
): Promise<Hold> {
  const { leases, settlements, enforced } = getBilling();
  if (settlements.isInOutage) throw unavailable(undefined);
  const { accountId } = caller;
  const keyHash = caller.key?.hash ?? "";
  if (!enforced) {
    return {
      accountId,
      keyHash,
      amountNanoUsd: 0n,
      candidates: paid(plan, (candidate) => unlimited(candidate, needs)),
    };
  }

  const strict = request.provider?.strict_budget === true;
  const costs = plan.candidates.map(({ endpoint }) => ({
    full: worstCost(needs.promptTokensBound, wantedOutput(endpoint, needs), endpoint.prices),
    least: worstCost(needs.promptTokensBound, leastOutput(endpoint, needs), endpoint.prices),
  }));
  const wanted = largest(costs.map((cost) => cost.full));
  const minimum = smallest(costs.map((cost) => (strict ? cost.full : cost.least)));

  const reservation = await Promise.resolve(leases.reserve(accountId, keyHash, wanted, minimum)).catch(
    (error: unknown) => {
      throw unavailable(error);
    },
  );
  if (reservation.kind === "refused") throw refusal(reservation.because, reservation.availableNanoUsd, plan, needs);

  const { amountNanoUsd } = reservation;
  const affordable = plan.candidates.flatMap((candidate, index) => {
    const cost = costs[index];
    if (cost === undefined) return [];
    if (cost.full <= amountNanoUsd) return [unlimited(candidate, needs)];
    if (strict || cost.least > amountNanoUsd) return [];
    const maxTokens = affordableOutput(amountNanoUsd, needs.promptTokensBound, candidate.endpoint.prices);
    return [{ ...candidate, maxTokens, clamped: true }];
  });
  const [first, ...rest] = affordable;
  if (first === undefined) throw new Error("a hold of at least the minimum pays for at least one candidate");
  return { accountId, keyHash, amountNanoUsd, candidates: [first, ...rest] };
}

function paid(plan: Plan, of: (candidate: Candidate) => PaidCandidate): [PaidCandidate, ...PaidCandidate[]] {
  const [first, ...rest] = plan.candidates;
  return [of(first), ...rest.map(of)];
}

function unlimited(candidate: Candidate, needs: PromptNeeds): PaidCandidate {
  return { ...candidate, maxTokens: needs.maxOutputTokens, clamped: false };
}

/** The longest answer: the caller's limit, else the endpoint's, else what its context leaves. */
function wantedOutput(endpoint: Endpoint, needs: PromptNeeds): number {
  return needs.maxOutputTokens ?? endpoint.maxOutputTokens ?? Math.max(endpoint.contextTokens, MIN_OUTPUT_TOKENS);
}

function leastOutput(endpoint: Endpoint, needs: PromptNeeds): number {
  return Math.min(MIN_OUTPUT_TOKENS, wantedOutput(endpoint, needs));
}

function refusal(because: "account" | "key", available: NanoUsd, plan: Plan, needs: PromptNeeds): AppError {
  const [{ endpoint }] = plan.candidates;
  const affordable = affordableOutput(available, needs.promptTokensBound, endpoint.prices);
  const wanted = wantedOutput(endpoint, needs);
  const metadata = { available_usd: usdNumber(available), requested_tokens: wanted, affordable_tokens: affordable };
  return because === "key"
    ? new AppError("key_limit_reached", "Key limit reached: raise this API key's credit limit, or wait for its reset", {
        metadata,
      })
    : new AppError(
        "insufficient_credits",
        `Insufficient credits: this request allows up to ${wanted} output tokens, and the account can pay for ${affordable}. Add credits, or lower max_tokens`,
        { metadata },
      );
}

function unavailable(cause: unknown): AppError {
  return new AppError("unavailable", "The service is temporarily unavailable; try again shortly", {
    cause,
    retryAfterSeconds: 5,
  });
}

function largest(amounts: readonly NanoUsd[]): NanoUsd {
  let max = 0n;
  for (const amount of amounts) if (amount > max) max = amount;
  return max;
}

function smallest(amounts: readonly NanoUsd[]): NanoUsd {
  let min: NanoUsd | undefined;
  for (const amount of amounts) if (min === undefined || amount < min) min = amount;
  return min ?? 0n;
}
