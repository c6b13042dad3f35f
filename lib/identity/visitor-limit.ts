import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";

const WINDOW_SECONDS = 60;
const REQUESTS_PER_ADDRESS = 60;

/**
 * Counts a request of somebody who need not be signed in. Each process counts for itself: what is limited here is cheap,
 * and the limit is there so that it stays so.
 *
 * @param address of the client; those whose address is not known share one count.
 * @throws AppError `rate_limited`
 */
export async function consumeVisitorRequest(address: string | null): Promise<void> {
  const limiter = processState(
    "visitor-limit",
    () => new RateLimiterMemory({ points: REQUESTS_PER_ADDRESS, duration: WINDOW_SECONDS }),
  );
  try {
    await limiter.consume(address ?? "unknown");
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError("rate_limited", "Too many questions in a minute. Wait a moment, then try again.", {
      retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
    });
  }
}
