import type { PublicPlan } from "@/lib/schemas/public-plan";
import type { Track } from "./track";

/** The lines of a request that was not made, from a dry run: the first is set, the others wait. */
export function trackOfPlan(data: PublicPlan): Track {
  const planned = data.plan.map(({ model, provider, endpoint, probability }, index) => ({
    model,
    provider,
    endpoint,
    state: { kind: index === 0 ? ("set" as const) : ("waiting" as const) },
    probability,
    notes: [],
  }));
  const excluded = data.excluded.map(({ model, provider, endpoint, reason, fix }) => ({
    model,
    provider,
    endpoint,
    state: { kind: "excluded" as const, reason, fix: fix ?? undefined },
    probability: undefined,
    notes: [],
  }));
  return { requested: data.requested, isPlan: true, lines: [...planned, ...excluded] };
}
