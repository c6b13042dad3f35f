import { getBilling } from "@/lib/billing/billing-state";
import { byokFeeOf, usualCostOfFee } from "@/lib/billing/byok-fee";
import { admitByok, type ByokTicket, endByok } from "@/lib/billing/byok-waiver";
import type { RefusedReservation, Reservation } from "@/lib/billing/lease-book";
import { affordableOutput, worstCost } from "@/lib/billing/price-generation";
import { selectKeyRemaining } from "@/lib/billing/store";
import { AppError, databaseUnavailable } from "@/lib/errors";
import { ceilToNano, type NanoUsd, usdNumber, usdString } from "@/lib/money";
import { compressesFor } from "@/lib/routing/context-fit";
import type { Candidate } from "@/lib/routing/types";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Endpoint } from "@/lib/schemas/endpoint";
import { countPromptTokens } from "./count-tokens";
import type { PromptNeeds } from "./needs-of";
import { longestOutput, MIN_OUTPUT_TOKENS, wantedOutput } from "./output-limits";
import type { Plan } from "./plan-request";
import { reserveWhenReleased } from "./reserve-when-released";
import { searchCostBound } from "./search-engine";

/** Other tokenizers need up to this many tokens for one of ours, in the languages that are common. */
const TOKENIZER_MARGIN = 1.25;

/** A candidate that can be paid for, and how long its answer may be. */
export type PaidCandidate = Candidate & {
  /** Sent to the provider; `undefined` leaves the limit to it. */
  maxTokens: number | undefined;
  /** What the hold pays for at most, reasoning included; `undefined` while nothing is held. */
  paidOutputTokens: number | undefined;
  /** Lower than what the caller, or else the endpoint, allows. */
  clamped: boolean;
};

export type Hold = {
  accountId: string;
  keyHash: string;
  amountNanoUsd: NanoUsd;
  candidates: readonly [PaidCandidate, ...PaidCandidate[]];
  /** Some of the candidates are tried with a key of the account's own. Ended when the generation is settled. */
  byok?: ByokTicket | undefined;
};

/** What a candidate can cost: for its longest answer, and for the shortest that is worth asking for. */
type Costs = { full: NanoUsd; least: NanoUsd };

/**
 * Sets aside what the request can cost at most over all candidates. When less is left, candidates get as many output
 * tokens as it pays for, at least 16; the prompt is counted then, and not bounded by its bytes, so that all that can be
 * spent is. What other requests hold for a moment is waited for before anything is refused. With a key of the account's
 * own only our fee is to be paid, or nothing: then nothing is refused for credit.
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
  if (!plan.candidates.some(({ ownKey }) => ownKey !== undefined)) return reserve(plan, needs, request, caller);
  if (getBilling().enforced) await requireKeyRoom(caller);
  const byok = admitByok(caller.accountId, Date.now());
  try {
    return { ...(await reserve(plan, needs, request, caller, byok)), byok };
  } catch (error) {
    endByok(caller.accountId, byok, false);
    throw error;
  }
}

/** What own keys cost is no matter of leases, so a limit that counts it is looked up. */
async function requireKeyRoom({ key }: Caller): Promise<void> {
  if (key === null || key.limitNanoUsd === null || key.includesByok !== true) return;
  const remaining = await selectKeyRemaining(key.hash).catch((error: unknown) => {
    throw databaseUnavailable(error);
  });
  if (remaining !== null && remaining <= 0n) throw keyLimitReached({ available_usd: 0 });
}

async function reserve(
  plan: Plan,
  needs: PromptNeeds,
  request: ChatRequest,
  caller: Caller,
  byok?: ByokTicket,
): Promise<Hold> {
  const { leases, settlements, enforced } = getBilling();
  if (settlements.isInOutage) throw databaseUnavailable(undefined);
  const { accountId } = caller;
  const keyHash = caller.key?.hash ?? "";
  if (!enforced) {
    const [first, ...rest] = plan.candidates;
    const unpaid = (candidate: Candidate): PaidCandidate => {
      return { ...candidate, maxTokens: needs.maxOutputTokens, paidOutputTokens: undefined, clamped: false };
    };
    return { accountId, keyHash, amountNanoUsd: 0n, candidates: [unpaid(first), ...rest.map(unpaid)] };
  }

  const strict = request.provider?.strict_budget === true;
  const costsFor = (promptTokens: number) =>
    plan.candidates.map((candidate) => {
      const bound = promptBoundOf(candidate.endpoint, promptTokens, needs);
      return costsOf(candidate, bound, needs, byok);
    });
  const minimumOf = (costs: readonly Costs[]) => smallest(costs.map(({ full, least }) => (strict ? full : least)));
  const take = async (costs: readonly Costs[]): Promise<Reservation> => {
    try {
      return await leases.reserve(accountId, keyHash, largest(costs.map(({ full }) => full)), minimumOf(costs));
    } catch (error) {
      throw databaseUnavailable(error);
    }
  };

  let promptTokens = needs.promptTokensBound;
  let costs = costsFor(promptTokens);
  let reservation = await take(costs);
  if (isShort(reservation, costs)) {
    const counted = Math.ceil((await countPromptTokens(request)) * TOKENIZER_MARGIN) + needs.extraTokensBound;
    promptTokens = Math.min(counted, promptTokens);
    costs = costsFor(promptTokens);
    if (reservation.kind === "refused" && couldPay(reservation, minimumOf(costs))) reservation = await take(costs);
  }
  if (reservation.kind === "refused" && needs.ownCostBound === undefined) {
    // Not even a debt stands in the way of what the account pays for elsewhere.
    const [first, ...rest] = plan.candidates.filter(
      ({ ownKey }, index) => ownKey !== undefined && byok?.isFree === true && costs[index]?.full === 0n,
    );
    if (first !== undefined) {
      const free = (candidate: Candidate) =>
        paidFor(candidate, needs.maxOutputTokens, longestOutput(candidate.endpoint, needs), false);
      return { accountId, keyHash, amountNanoUsd: 0n, candidates: [free(first), ...rest.map(free)] };
    }
  }
  if (reservation.kind === "refused") {
    const asked = { accountId, keyHash, wanted: largest(costs.map(({ full }) => full)), minimum: minimumOf(costs) };
    reservation = await reserveWhenReleased(leases, asked, reservation).catch((error: unknown) => {
      throw databaseUnavailable(error);
    });
  }
  if (reservation.kind === "refused") throw refusal(reservation, plan, promptTokens, needs);

  const { amountNanoUsd } = reservation;
  const candidates = plan.candidates.flatMap((candidate, index) => {
    const cost = costs[index];
    if (cost === undefined || (strict ? cost.full : cost.least) > amountNanoUsd) return [];
    const bound = promptBoundOf(candidate.endpoint, promptTokens, needs);
    return [paidCandidate(candidate, cost, amountNanoUsd, bound, needs)];
  });
  const [first, ...rest] = candidates;
  if (first === undefined) throw new Error("a hold of at least the minimum pays for at least one candidate");
  return { accountId, keyHash, amountNanoUsd, candidates: [first, ...rest] };
}

/** Of a prompt that is made to fit, no more can be charged than the endpoint's context holds. */
function promptBoundOf(endpoint: Endpoint, promptTokens: number, needs: PromptNeeds): number {
  return compressesFor(endpoint, needs) ? Math.min(promptTokens, endpoint.contextTokens) : promptTokens;
}

function costsOf(
  { endpoint, ownKey }: Candidate,
  promptTokens: number,
  needs: PromptNeeds,
  byok: ByokTicket | undefined,
): Costs {
  const search = searchCostBound(endpoint, needs.search);
  // What we buy ourselves is to be paid, whoever pays the provider.
  const files = needs.ownCostBound ?? 0n;
  const own = ceilToNano(search.own) + files;
  if (ownKey !== undefined && byok?.isFree === true) return { full: own, least: own };
  const shortest = Math.min(MIN_OUTPUT_TOKENS, wantedOutput(endpoint, needs));
  const { requestsBound } = needs;
  const extra = search.providers + (ownKey === undefined ? search.own : 0n);
  const full = worstCost(promptTokens, longestOutput(endpoint, needs), endpoint.prices, requestsBound, extra);
  const least = worstCost(promptTokens, shortest, endpoint.prices, requestsBound, extra);
  return ownKey === undefined
    ? { full: full + files, least: least + files }
    : { full: byokFeeOf(full) + own, least: byokFeeOf(least) + own };
}

/** Output tokens that an amount pays for beside everything else, whoever pays the provider. */
function affordableTokens(
  { endpoint, ownKey }: Candidate,
  amount: NanoUsd,
  promptTokens: number,
  needs: PromptNeeds,
): number {
  const { providers, own } = searchCostBound(endpoint, needs.search);
  const beside = (needs.ownCostBound ?? 0n) + (ownKey === undefined ? 0n : ceilToNano(own));
  const left = amount > beside ? amount - beside : 0n;
  if (ownKey === undefined) return affordableOutput(left, promptTokens, endpoint.prices, providers + own);
  return affordableOutput(usualCostOfFee(left), promptTokens, endpoint.prices, providers);
}

function isShort(reservation: Reservation, costs: readonly Costs[]): boolean {
  return reservation.kind === "refused" || reservation.amountNanoUsd < largest(costs.map(({ full }) => full));
}

function couldPay({ balanceNanoUsd, availableNanoUsd }: RefusedReservation, minimum: NanoUsd): boolean {
  return balanceNanoUsd >= 0n && availableNanoUsd >= minimum;
}

function paidCandidate(
  candidate: Candidate,
  { full }: Costs,
  held: NanoUsd,
  promptTokens: number,
  needs: PromptNeeds,
): PaidCandidate {
  const { endpoint } = candidate;
  const longest = longestOutput(endpoint, needs);
  if (full <= held) return paidFor(candidate, needs.maxOutputTokens, longest, false);
  const affordable = Math.min(affordableTokens(candidate, held, promptTokens, needs), longest);
  const wanted = wantedOutput(endpoint, needs);
  // What is too dear may be only the room for reasoning beyond the caller's own limit.
  const maxTokens = Math.min(affordable, wanted);
  return paidFor(candidate, maxTokens, affordable, maxTokens < wanted);
}

/** Field by field: a copy that is added to costs several times as much, and there may be many candidates. */
function paidFor(
  { model, endpoint, ownKey, stable, probability, score }: Candidate,
  maxTokens: number | undefined,
  paidOutputTokens: number,
  clamped: boolean,
): PaidCandidate {
  return { model, endpoint, ownKey, stable, probability, score, maxTokens, paidOutputTokens, clamped };
}

function refusal(refused: RefusedReservation, plan: Plan, promptTokens: number, needs: PromptNeeds): AppError {
  const { because, availableNanoUsd, balanceNanoUsd } = refused;
  const [candidate] = plan.candidates;
  const { endpoint } = candidate;
  const wanted = wantedOutput(endpoint, needs);
  const bound = promptBoundOf(endpoint, promptTokens, needs);
  const affordable =
    balanceNanoUsd < 0n ? 0 : Math.min(affordableTokens(candidate, availableNanoUsd, bound, needs), wanted);
  const metadata = {
    available_usd: usdNumber(availableNanoUsd),
    requested_tokens: wanted,
    affordable_tokens: affordable,
  };
  if (because === "key") return keyLimitReached(metadata);
  const state =
    balanceNanoUsd <= 0n
      ? `the account's balance is ${usdString(balanceNanoUsd)} USD`
      : wanted === 0
        ? `this request may cost more than the ${usdString(availableNanoUsd)} USD that are left`
        : `this request allows up to ${wanted} output tokens, and the account can pay for ${affordable}`;
  const advice = balanceNanoUsd <= 0n || wanted === 0 ? "Add credits" : "Add credits, or lower max_tokens";
  return new AppError("insufficient_credits", `Insufficient credits: ${state}. ${advice}`, { metadata });
}

function keyLimitReached(metadata: Record<string, unknown>): AppError {
  const message = "Key limit reached: raise this API key's credit limit, or wait for its reset";
  return new AppError("key_limit_reached", message, { metadata });
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
