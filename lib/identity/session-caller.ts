import "server-only";
import { processState } from "@/lib/process-state";
import type { User } from "@/lib/schemas/account";
import type { Caller } from "@/lib/schemas/caller";
import { findSession } from "./sessions";
import { selectSettings } from "./settings/store";

type Entry = { caller: Caller | null; loadedMs: number };

/** A revoked session is forgotten at once through its notification; this bounds what a lost one can do. */
const TTL_MS = 1_000;
const MAX_ENTRIES = 10_000;

const cache = () => processState("session-callers", () => new Map<string, Entry>());

/** Forgets one session, or all. */
export function forgetCachedSession(sessionId: string | undefined): void {
  if (sessionId === undefined) cache().clear();
  else cache().delete(sessionId);
}

/** The person behind a session cookie as a caller without a key; `null` when the session is over. */
export async function findSessionCaller(sessionId: string, userId: string, nowMs: number): Promise<Caller | null> {
  const known = cache().get(sessionId);
  if (known !== undefined && nowMs - known.loadedMs < TTL_MS) return known.caller;
  const session = await findSession(sessionId);
  const caller = session === null || session.userId !== userId ? null : await callerOf(session.user);
  if (cache().size >= MAX_ENTRIES) cache().clear();
  cache().set(sessionId, { caller, loadedMs: nowMs });
  return caller;
}

async function callerOf({ id, accountId }: User): Promise<Caller> {
  return { accountId, userId: id, key: null, settings: await selectSettings(accountId) };
}
