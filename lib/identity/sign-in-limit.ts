import "server-only";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { hashOf } from "@/lib/id";
import { processState } from "@/lib/process-state";
import { rateLimitClient } from "./store";

const WINDOW_SECONDS = 15 * 60;

/** Failed attempts on one account within the window, from wherever: an address can be changed, the account cannot. */
const ATTEMPTS_PER_ACCOUNT = 10;

/** Failed attempts from one address within the window. Higher, because an office shares one. */
const ATTEMPTS_PER_ADDRESS = 50;

/**
 * Counts an attempt to sign in before the password is looked at, so that parallel guesses are counted too. All
 * processes of the installation share the counters. Whoever was right gets the attempt back with
 * {@link returnSignInAttempt}.
 *
 * @param address of the client, `null` when it is not known.
 * @throws AppError `rate_limited` with the seconds until the next attempt is worth making.
 */
export async function consumeSignInAttempt(email: string, address: string | null): Promise<void> {
  const { perAccount, perAddress } = limiters();
  await consume(perAccount, accountKey(email));
  if (address !== null) await consume(perAddress, address);
}

/** Undoes {@link consumeSignInAttempt} after a right password, and forgets the failures on that account. */
export async function returnSignInAttempt(email: string, address: string | null): Promise<void> {
  const { perAccount, perAddress } = limiters();
  await perAccount.delete(accountKey(email));
  // Only this one: whoever has an account here could otherwise reset the counter for guesses at those of others.
  if (address !== null) await perAddress.reward(address, 1);
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError("rate_limited", "Too many attempts to sign in. Wait a while, then try again.", {
      retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
    });
  }
}

/** Addresses that nobody here knows need not be readable in the database. */
function accountKey(email: string): string {
  return hashOf(email.trim().toLowerCase());
}

function limiters(): { perAccount: RateLimiterPostgres; perAddress: RateLimiterPostgres } {
  return processState("sign-in-limit", () => ({
    perAccount: limiter("sign-in-account", ATTEMPTS_PER_ACCOUNT),
    perAddress: limiter("sign-in-address", ATTEMPTS_PER_ADDRESS),
  }));
}

function limiter(keyPrefix: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: rateLimitClient,
    storeType: "pool",
    tableName: "RateLimit",
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
  });
}
