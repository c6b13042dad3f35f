import "server-only";
import type { GenerationPage } from "@/lib/schemas/generation";
import { cursorOf, parseCursor } from "./generation-cursor";
import { selectGenerations } from "./store";
import { summarizeGeneration } from "./summarize-generation";

const MAX_LIMIT = 100;

/**
 * A page of an account's generations, newest first.
 *
 * @param query.limit rows per page, 1 to 100; other numbers become the nearest of these.
 * @throws AppError `invalid_request` when the cursor is not one of ours.
 */
export async function listGenerations(query: {
  accountId: string;
  cursor?: string | undefined;
  limit: number;
}): Promise<GenerationPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), MAX_LIMIT);
  const after = query.cursor === undefined ? null : parseCursor(query.cursor);
  // One more than is shown: whether there is a next page.
  const stored = await selectGenerations({ accountId: query.accountId, after, limit: limit + 1 });
  const shown = stored.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(summarizeGeneration),
    nextCursor: stored.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}
