import "server-only";
import { processState } from "@/lib/process-state";
import type { ParsedFile } from "./parsed-file";

const MAX_CHARS = 64 * 1024 * 1024;
const KEPT_MS = 60 * 60 * 1_000;

type Kept = { parsed: ParsedFile; chars: number; untilMs: number };
/** In the order of their last use. */
type State = { files: Map<string, Kept>; chars: number };

const state = () => processState<State>("parsed-files", () => ({ files: new Map(), chars: 0 }));

/** Of whom, read by which engine. Nobody gets what was read for somebody else. */
export type CacheKey = { accountId: string; engine: string; hash: string };

/** What this process has read for the account not long ago. */
export function findParsed(key: CacheKey, nowMs: number): ParsedFile | undefined {
  const { files } = state();
  const name = nameOf(key);
  const kept = files.get(name);
  if (kept === undefined) return undefined;
  forget(name, kept);
  if (kept.untilMs <= nowMs) return undefined;
  files.set(name, kept);
  state().chars += kept.chars;
  return kept.parsed;
}

/** Keeps what was read, in memory alone, and forgets what was not asked for the longest. */
export function keepParsed(key: CacheKey, parsed: ParsedFile, nowMs: number): void {
  const now = state();
  const chars = parsed.parts.reduce(
    (sum, part) => sum + (part.type === "text" ? part.text.length : part.image_url.url.length),
    0,
  );
  if (chars > MAX_CHARS / 4) return;
  const name = nameOf(key);
  const before = now.files.get(name);
  if (before !== undefined) forget(name, before);
  for (const [oldest, kept] of now.files) {
    if (now.chars + chars <= MAX_CHARS) break;
    forget(oldest, kept);
  }
  now.files.set(name, { parsed, chars, untilMs: nowMs + KEPT_MS });
  now.chars += chars;
}

function forget(name: string, { chars }: Kept): void {
  const now = state();
  now.files.delete(name);
  now.chars -= chars;
}

function nameOf({ accountId, engine, hash }: CacheKey): string {
  return `${accountId} ${engine} ${hash}`;
}
