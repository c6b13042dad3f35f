import { type ProviderFaults, providerFaultsSchema } from "@/lib/schemas/provider-faults";

/** The faults that are on, by provider slug. Set, change and delete entries at any time: each request looks anew. */
export type FaultBoard = Map<string, ProviderFaults>;

/** What goes wrong with one request, all chances drawn. */
export type Fault =
  | { kind: "none" }
  | { kind: "error"; status: number; retryAfterSeconds: number | null; afterChunks: number | null }
  | { kind: "reset" }
  | { kind: "stall"; afterChunks: number | null }
  | { kind: "truncate"; afterChunks: number }
  | { kind: "garbage"; afterChunks: number }
  | { kind: "empty"; what: "content" | "body" }
  | { kind: "refuse" };

export type FaultDecision = { extraLatencyMs: number; slowChunkMs: number; fault: Fault };

/**
 * Draws what happens to one request. Faults that are on together are tried in the order error, reset, stall, truncate,
 * garbage, empty, refuse, and the first that strikes is the only one; the two delays always apply.
 */
export function decideFault(faults: ProviderFaults | undefined, random: () => number): FaultDecision {
  return {
    extraLatencyMs: faults?.extraLatencyMs ?? 0,
    slowChunkMs: faults?.slowChunkMs ?? 0,
    fault: faults === undefined ? { kind: "none" } : drawFault(faults, random),
  };
}

function drawFault(faults: ProviderFaults, random: () => number): Fault {
  const strikes = (entry: { probability?: number | undefined } | undefined) =>
    entry !== undefined && random() < (entry.probability ?? 1);

  const { error, stall, truncate, garbage, empty } = faults;
  if (error && strikes(error)) {
    return {
      kind: "error",
      status: error.status,
      retryAfterSeconds: error.retryAfterSeconds ?? null,
      afterChunks: error.afterChunks ?? null,
    };
  }
  if (strikes(faults.reset)) return { kind: "reset" };
  if (stall && strikes(stall)) return { kind: "stall", afterChunks: stall.afterChunks ?? null };
  if (truncate && strikes(truncate)) return { kind: "truncate", afterChunks: truncate.afterChunks ?? 0 };
  if (garbage && strikes(garbage)) return { kind: "garbage", afterChunks: garbage.afterChunks ?? 0 };
  if (empty && strikes(empty)) return { kind: "empty", what: empty.what ?? "content" };
  if (strikes(faults.refuse)) return { kind: "refuse" };
  return { kind: "none" };
}

/**
 * Reads the `x-sandbox-fault` header of one request, for example `status=429, retry-after=7` or `truncate=3`.
 * @returns `null` when a word or a number in it is not understood, so that a typing error is not a passing test.
 */
export function parseFaultHeader(header: string): ProviderFaults | null {
  const words = new Map<string, string | null>();
  for (const item of header.split(/[,;]/)) {
    const [name = "", ...value] = item.trim().split("=");
    if (name !== "") words.set(name.toLowerCase(), value.length === 0 ? null : value.join("=").trim());
  }
  const take = (name: string) => {
    const value = words.get(name);
    words.delete(name);
    return value;
  };
  const takeNumber = (name: string) => {
    const value = take(name);
    // NaN is refused by the schema below.
    return value === undefined ? {} : { value: value === null || value === "" ? Number.NaN : Number(value) };
  };
  const takeChunks = (name: string) => {
    const value = take(name);
    if (value === undefined) return undefined;
    return value === null ? {} : { afterChunks: value === "" ? Number.NaN : Number(value) };
  };
  const takeFlag = (name: string) => {
    const value = take(name);
    return value === undefined ? undefined : value === null ? {} : { unexpected: value };
  };

  const status = takeNumber("status").value;
  const retryAfterSeconds = takeNumber("retry-after").value;
  const afterChunks = takeNumber("after").value;
  const empty = take("empty");
  const faults = {
    extraLatencyMs: takeNumber("delay").value,
    slowChunkMs: takeNumber("slow").value,
    error:
      status === undefined && retryAfterSeconds === undefined && afterChunks === undefined
        ? undefined
        : { status, retryAfterSeconds, afterChunks },
    reset: takeFlag("reset"),
    stall: takeChunks("stall"),
    truncate: takeChunks("truncate"),
    garbage: takeChunks("garbage"),
    empty: empty === undefined ? undefined : { what: empty ?? undefined },
    refuse: takeFlag("refuse"),
  };
  if (words.size > 0) return null;
  const parsed = providerFaultsSchema.safeParse(faults);
  return parsed.success ? parsed.data : null;
}
