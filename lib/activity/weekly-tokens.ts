import "server-only";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-state";
import { sumTokensByModel } from "./store";

type State = {
  tokens: ReadonlyMap<string, number>;
  loadedMs: number | undefined;
  loading: Promise<void> | undefined;
};

const WEEK_MS = 7 * 24 * 60 * 60_000;
const REFRESH_MS = 5 * 60_000;

const state = () =>
  processState<State>("weekly-tokens", () => ({ tokens: new Map(), loadedMs: undefined, loading: undefined }));

/**
 * Tokens of the last seven days by model, of the whole installation. At most five minutes old where it is asked for all
 * the time; whoever comes later gets the old figures while new ones are counted, since no page is to wait for them. Only
 * the first one of a process waits, and while the database is away there are none.
 */
export async function weeklyTokens(nowMs: number): Promise<ReadonlyMap<string, number>> {
  const current = state();
  if (current.loading === undefined && (current.loadedMs === undefined || nowMs - current.loadedMs > REFRESH_MS)) {
    current.loading = refresh(current, nowMs);
  }
  if (current.loadedMs === undefined) await current.loading;
  return current.tokens;
}

async function refresh(current: State, nowMs: number): Promise<void> {
  try {
    current.tokens = await sumTokensByModel(new Date(nowMs - WEEK_MS));
  } catch (error) {
    log().warn({ err: error }, "the tokens of the week could not be counted");
  } finally {
    current.loadedMs = nowMs;
    current.loading = undefined;
  }
}
