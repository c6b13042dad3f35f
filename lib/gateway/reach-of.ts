import "server-only";
import type { User } from "@/lib/schemas/account";
import { endpointReach, type Reach } from "./endpoint-reach";
import { findOwnKeys, ownWaysOf } from "./own-keys";

/**
 * What a person reaches in the pages: by the installation's keys and by those of the account that are open to them, just
 * as a request from the chat would. Warm accounts cost no query. A key that is for some API keys alone does not count.
 *
 * @param user `null`: nobody is signed in, and only the installation's keys count.
 * @throws AppError `unavailable` when the database is needed and cannot be asked.
 */
export async function reachOf(user: Pick<User, "id" | "accountId"> | null, nowMs: number): Promise<Reach> {
  const own = user === null ? undefined : await findOwnKeys(user.accountId, nowMs);
  if (user === null || own === undefined) return endpointReach({});
  return endpointReach({ ownWays: ownWaysOf(own, { userId: user.id, key: null }) });
}
