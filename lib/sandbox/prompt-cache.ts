import type { CacheTtl, PromptSegment } from "@/lib/sandbox/question";
import { tokenEnd } from "@/lib/sandbox/tokens";

// Shorter prefixes are not cached by OpenAI, Gemini and most Claude models (some need 4,096).
// Source: docs.litellm.ai/docs/completion/prompt_caching, read 2026-11-21.
const LEAST_CACHED_TOKENS = 1024;
/** Automatic caches remember the prompt at every so many tokens. */
const BLOCK_TOKENS = 128;
const TTL_MS: Readonly<Record<CacheTtl, number>> = { "5m": 5 * 60_000, "1h": 60 * 60_000 };

export type CacheOutcome = {
  promptTokens: number;
  cachedTokens: number;
  cacheWriteTokens: Record<CacheTtl, number>;
};

export type PromptCache = {
  /** Counts a prompt and finds the part of it that earlier prompts of the same `scope` began with; remembers it. */
  readAutomatic(scope: string, prompt: readonly PromptSegment[]): CacheOutcome;
  /** The same for clients that mark where to cache: only marked places are remembered, and only once written. */
  readMarked(scope: string, prompt: readonly PromptSegment[]): CacheOutcome;
};

/**
 * A provider's prompt cache: prefixes of at least 1,024 tokens, forgotten after their lifetime or when more than
 * `maxEntries` newer ones have come. Keeps fingerprints only, never text.
 */
export function createPromptCache(now: () => number, maxEntries = 50_000): PromptCache {
  /** Fingerprint of a prefix → when it is forgotten. A map iterates in order of insertion, so the oldest is first. */
  const expiryByPrefix = new Map<string, number>();

  const isKnown = (prefix: string) => (expiryByPrefix.get(prefix) ?? 0) > now();
  const remember = (prefix: string, ttl: CacheTtl) => {
    expiryByPrefix.delete(prefix);
    expiryByPrefix.set(prefix, now() + TTL_MS[ttl]);
    if (expiryByPrefix.size <= maxEntries) return;
    const oldest = expiryByPrefix.keys().next();
    if (!oldest.done) expiryByPrefix.delete(oldest.value);
  };

  return {
    readAutomatic(scope, prompt) {
      const walk = createPromptWalk(scope);
      let cachedTokens = 0;
      let stillKnown = true;
      const marks: string[] = [];
      for (const segment of prompt) {
        walk.add(segment, (tokens, prefix) => {
          marks.push(prefix);
          stillKnown &&= isKnown(prefix);
          if (stillKnown) cachedTokens = tokens;
        });
      }
      for (const mark of marks) remember(mark, "5m");
      return { promptTokens: walk.tokens(), cachedTokens, cacheWriteTokens: { "5m": 0, "1h": 0 } };
    },
    readMarked(scope, prompt) {
      const walk = createPromptWalk(scope);
      const cacheWriteTokens = { "5m": 0, "1h": 0 };
      let cachedTokens = 0;
      let coveredTokens = 0;
      for (const segment of prompt) {
        walk.add(segment, () => {});
        const tokens = walk.tokens();
        const prefix = walk.prefix();
        if (tokens < LEAST_CACHED_TOKENS) continue;
        // An earlier request's mark is found at its old place although this one marks only a later place.
        if (isKnown(prefix)) cachedTokens = coveredTokens = tokens;
        if (segment.cacheTtl === null) continue;
        if (tokens > coveredTokens) cacheWriteTokens[segment.cacheTtl] += tokens - coveredTokens;
        coveredTokens = Math.max(coveredTokens, tokens);
        remember(prefix, segment.cacheTtl);
      }
      return { promptTokens: walk.tokens(), cachedTokens, cacheWriteTokens };
    },
  };
}

/** Reads a prompt once, counting its tokens and keeping a 53-bit fingerprint of all that was read (after cyrb53). */
function createPromptWalk(scope: string) {
  let tokens = 0;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  const prefix = () => `${scope}:${(high >>> 0) * 2097152 + ((low >>> 11) & 0x1fffff)}`;
  return {
    tokens: () => tokens,
    prefix,
    add({ text, extraTokens }: PromptSegment, onBlock: (tokens: number, prefix: string) => void) {
      for (let index = 0; index < text.length; ) {
        const end = tokenEnd(text, index);
        for (let at = index; at < end; at += 1) {
          const code = text.charCodeAt(at);
          high = Math.imul(high ^ code, 2654435761);
          low = Math.imul(low ^ code, 1597334677);
          high ^= low >>> 15;
        }
        index = end;
        tokens += 1;
        if (tokens >= LEAST_CACHED_TOKENS && tokens % BLOCK_TOKENS === 0) onBlock(tokens, prefix());
      }
      high = Math.imul(high ^ (extraTokens + 7), 2246822507);
      tokens += extraTokens;
    },
  };
}
