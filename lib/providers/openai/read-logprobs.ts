import type { Logprobs } from "@/lib/schemas/chat-completion";
import { isRecord, type JsonRecord, listOf } from "../json";

type TokenLogprobs = NonNullable<Logprobs["content"]>;

/** The log probabilities of a choice, or `undefined` when there are none. */
export function readLogprobs(value: unknown): Logprobs | undefined {
  if (!isRecord(value)) return undefined;
  const content = readTokens(value.content);
  const refusal = readTokens(value.refusal);
  return content === null && refusal === null ? undefined : { content, refusal };
}

function readTokens(value: unknown): TokenLogprobs | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.flatMap((item) => {
    const token = readToken(item);
    if (token === undefined || !isRecord(item)) return [];
    return [{ ...token, top_logprobs: listOf(item.top_logprobs).flatMap((top) => readToken(top) ?? []) }];
  });
}

function readToken(value: unknown): { token: string; logprob: number; bytes: number[] | null } | undefined {
  if (!isRecord(value)) return undefined;
  const { token, logprob }: JsonRecord = value;
  // Infinity cannot be written in JSON, so an impossible token comes as null and is left out.
  if (typeof token !== "string" || typeof logprob !== "number") return undefined;
  const bytes = Array.isArray(value.bytes) ? value.bytes.filter((byte) => typeof byte === "number") : null;
  return { token, logprob, bytes };
}
