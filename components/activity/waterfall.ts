import type { GenerationDetail } from "@/lib/schemas/generation";

/** A part of the time that a request took. */
export type Span = {
  kind: "gateway" | "failed" | "waiting" | "generation";
  label: string;
  /** From the request's arrival. */
  startMs: number;
  durationMs: number;
};

type Timed = Pick<GenerationDetail, "firstTokenMs" | "generationMs"> & {
  route: Pick<GenerationDetail["route"], "attempts">;
};

/**
 * What the time of a request was spent on, one after the other: here, at providers that failed, at the one that answered
 * until its first content, and on the answer itself. Empty when nothing was measured.
 */
export function waterfallOf({ firstTokenMs, generationMs, route: { attempts } }: Timed): Span[] {
  const served = firstTokenMs === null ? undefined : attempts.at(-1);
  const atProvidersMs = attempts.reduce((sum, { latencyMs }) => sum + latencyMs, 0);
  // Both are rounded, so that their difference may be below zero.
  const gatewayMs = firstTokenMs === null ? 0 : Math.max(0, firstTokenMs - atProvidersMs);
  const spans: Span[] = [];
  const add = (kind: Span["kind"], label: string, durationMs: number) => {
    const before = spans.at(-1);
    spans.push({ kind, label, startMs: before === undefined ? 0 : before.startMs + before.durationMs, durationMs });
  };
  if (firstTokenMs !== null) add("gateway", "Gateway", gatewayMs);
  for (const attempt of attempts) {
    if (attempt === served) add("waiting", `${attempt.provider}, to its first token`, attempt.latencyMs);
    else add("failed", `${attempt.provider} failed (${attempt.status})`, attempt.latencyMs);
  }
  if (generationMs !== null) add("generation", "Generation", generationMs);
  return spans;
}
