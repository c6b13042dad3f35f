import "server-only";
import type { LabRequest } from "@/lib/schemas/lab";
import { selectAttempts } from "./store";

/** What happened to an account's last requests, newest first: small enough to be asked for again and again. */
export async function listAttempts({ accountId, limit }: { accountId: string; limit: number }): Promise<LabRequest[]> {
  const rows = await selectAttempts({ accountId, limit });
  return rows.map(({ createdAt, providerSlug, attempts, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    // Attempts name the provider as it was called then; the slug is known even where nothing was tried.
    providerName: attempts.at(-1)?.provider ?? providerSlug,
    attempts,
  }));
}
