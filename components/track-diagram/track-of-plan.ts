import type { PublicPlan } from "@/lib/schemas/public-plan";
import { distinctLines, ownKeyNote, type Track } from "./track";

/** The lines of a request that was not made, from a dry run: the first is set, the others wait. */
export function trackOfPlan(data: PublicPlan): Track {
  const planned = data.plan.map(({ model, provider, endpoint, probability, byok_key: ownKey }, index) => ({
    model,
    provider,
    endpoint,
    ...(ownKey === undefined ? {} : { ownKey }),
    state: { kind: index === 0 ? ("set" as const) : ("waiting" as const) },
    probability,
    notes: ownKeyNote(ownKey),
  }));
  const excluded = data.excluded.map(({ model, provider, endpoint, reason, fix }) => ({
    model,
    provider,
    endpoint,
    state: { kind: "excluded" as const, reason, fix: fix ?? undefined },
    probability: undefined,
    notes: [],
  }));
  return { requested: data.requested, isPlan: true, lines: [...distinctLines(planned), ...excluded] };
}
