"use client";

import type { ReactNode } from "react";
import { describeTrack } from "@/components/track-diagram/describe-track";
import { MovingRows } from "@/components/track-diagram/moving-rows";
import type { TrackLine } from "@/components/track-diagram/track";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfPlan } from "@/components/track-diagram/track-of-plan";
import { formatCount } from "@/components/ui/format-count";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { PlanFigures } from "./plan-figures";
import { describeStrategy } from "./score-text";

type PlanViewProps = {
  plan: PublicPlan;
  /** What can be done about an excluded line. */
  actionOf: (line: TrackLine) => ReactNode;
};

/** A plan: what it comes to, its lines, and the figures behind them. */
export function PlanView({ plan, actionOf }: PlanViewProps) {
  const { estimated_cost: cost, error, notices, router, presets = [] } = plan;
  const track = trackOfPlan(plan);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <p role="status" className="sr-only">
        {describeTrack(track)}
      </p>
      {error !== undefined && <Notice tone="caution">{error.message}</Notice>}
      {notices.map((notice) => (
        <Notice key={notice} tone="neutral">
          {notice}
        </Notice>
      ))}
      <StatRow>
        <Stat
          label="Cost"
          value={
            cost.min === null || cost.max === null ? (
              "–"
            ) : (
              <>
                <Money usd={cost.min} /> – <Money usd={cost.max} />
              </>
            )
          }
          note="one token, the cheapest – the longest answer, the dearest"
        />
        <Stat
          label="Prompt"
          value={`≈ ${formatCount(plan.prompt_tokens)} ${plan.prompt_tokens === 1 ? "token" : "tokens"}`}
          note="our own estimate"
        />
      </StatRow>
      <p className="text-sm">
        <span className="font-medium">{describeStrategy(plan.strategy)}</span>
        {router !== undefined && <span className="text-muted"> · chosen by {router}</span>}
        {presets.length > 0 && (
          <span className="text-muted">
            {" "}
            · with {presets.map(({ slug, version }) => `@preset/${slug} (version ${version})`).join(", ")}
          </span>
        )}
      </p>
      <MovingRows>
        <TrackDiagram track={track} animated actionOf={actionOf} />
      </MovingRows>
      {plan.plan.length > 0 && (
        <section className="border-t pt-4">
          <h3 className="mb-1 font-semibold text-sm">In figures</h3>
          <PlanFigures plan={plan} />
        </section>
      )}
    </div>
  );
}
