import "server-only";
import { headers } from "next/headers";

/**
 * The address that this request came from, as the nearest proxy wrote it: the last entry, because a client can put
 * anything before it. Next writes the socket's address there when no proxy did. `null` when there is none.
 */
export async function clientAddress(): Promise<string | null> {
  const forwarded = (await headers()).get("x-forwarded-for");
  return forwarded?.split(",").at(-1)?.trim() || null;
}
