import { getBilling } from "@/lib/billing/billing-state";
import type { FreeRequestRefusal, FreeRequestTicket } from "@/lib/billing/free-requests/free-request-book";
import { AppError, databaseUnavailable } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Candidate, Exclusion, OwnKey } from "@/lib/routing/types";
import type { Model } from "@/lib/schemas/endpoint";
import type { Plan } from "./plan-request";

/** A request that may be made, as far as free models are concerned. */
export type Admission = {
  /** Without the free models, when the account may not ask them now and there are others. */
  plan: Plan;
  /** Says that this candidate's provider is being called. */
  noteAsked(candidate: Asked): void;
  /** Says who answered; `undefined`: nobody. What was counted and not made is given back. */
  end(served: Asked | undefined): void;
};

type Asked = { model: Model; ownKey?: OwnKey | undefined };

/**
 * Whether requests to a model count: the free variants of the catalog, not the operator's own or local models, and not
 * what an account asks with a provider key of its own.
 */
function isFree({ model, ownKey }: Asked): boolean {
  return ownKey === undefined && model.id.endsWith(":free");
}

/**
 * Counts a request that may go to a free model. It is counted once, however many endpoints are tried, and not at all
 * when no free one is called or a paid one answers in the end. Other requests pass untouched.
 *
 * `now`, ms since 1970, is asked when there is an answer: a time to wait that was counted from the request's arrival
 * would be too long by the time that counting took.
 *
 * @throws AppError `rate_limited` when the account has used up its requests and the plan has free models only;
 * `unavailable` when the database is away.
 */
export function admitFreeRequest(plan: Plan, accountId: string, now: () => number): Admission | Promise<Admission> {
  const { freeRequests } = getBilling();
  if (freeRequests === null || !plan.candidates.some(isFree)) return untouched(plan);
  const admissionOf = (outcome: FreeRequestTicket | FreeRequestRefusal) =>
    outcome.kind === "admitted"
      ? counted(plan, () => freeRequests.giveBack(accountId, outcome))
      : untouched(withoutFree(plan, outcome, now()));
  const outcome = freeRequests.take(accountId);
  if (!(outcome instanceof Promise)) return admissionOf(outcome);
  return outcome.then(admissionOf, (error: unknown) => {
    throw databaseUnavailable(error);
  });
}

const nothing = () => undefined;

function untouched(plan: Plan): Admission {
  return { plan, noteAsked: nothing, end: nothing };
}

function counted(plan: Plan, giveBack: () => Promise<void>): Admission {
  let isAsked = false;
  let isOver = false;
  return {
    plan,
    noteAsked: (candidate) => {
      isAsked ||= isFree(candidate);
    },
    end: (served) => {
      if (isOver) return;
      isOver = true;
      if (isAsked && (served === undefined || isFree(served))) return;
      giveBack().catch((error: unknown) => log().warn({ err: error }, "a request to a free model was not given back"));
    },
  };
}

/** What is left of a plan without its free models. */
function withoutFree(plan: Plan, refusal: FreeRequestRefusal, nowMs: number): Plan {
  const [first, ...rest] = plan.candidates.filter((candidate) => !isFree(candidate));
  if (first === undefined) throw tooMany(refusal, nowMs);
  const excluded = plan.candidates.filter(isFree).map((candidate) => exclusionOf(candidate, refusal));
  return { ...plan, candidates: [first, ...rest], excluded: [...plan.excluded, ...excluded] };
}

function exclusionOf({ model, endpoint }: Candidate, { because, limit, resetMs }: FreeRequestRefusal): Exclusion {
  return {
    model: model.id,
    provider: endpoint.provider.name,
    endpoint: endpoint.tag,
    rule: "free_requests",
    reason: `the account's ${limit} requests to free models a ${because} are used up`,
    fix: `ask again after ${new Date(resetMs).toISOString()}`,
  };
}

/**
 * The names of the limits and of the headers are those that clients of the public API look for (API reference, limits
 * and errors, read 2026-11). The time of the reset is in milliseconds since 1970.
 */
function tooMany({ because, limit, resetMs }: FreeRequestRefusal, nowMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil((resetMs - nowMs) / 1_000));
  const shown = {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": String(resetMs),
  };
  const headers = Object.fromEntries(Object.entries(shown).map(([header, value]) => [header.toLowerCase(), value]));
  const name = because === "minute" ? "free-models-per-min" : "free-models-per-day";
  const advice = because === "minute" ? `Try again in ${retryAfterSeconds} s` : "Try again after midnight UTC";
  const message = `Rate limit exceeded: ${name}. Free models take ${limit} requests a ${because} from an account. ${advice}, or ask a paid model`;
  return new AppError("rate_limited", message, { metadata: { headers: shown }, headers, retryAfterSeconds });
}
