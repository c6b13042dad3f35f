import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfPlan } from "@/components/track-diagram/track-of-plan";
import { formatUsd } from "@/components/ui/format-usd";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import type { PublicPlan } from "@/lib/schemas/public-plan";

/** Where a request to this model would go from here. */
export function RouteSection({ id, plan, isSignedIn }: { id: string; plan: PublicPlan; isSignedIn: boolean }) {
  const { estimated_cost: cost, prompt_tokens, error } = plan;
  return (
    <Section
      id="route"
      title="Where a request would go"
      description={
        <>
          A dry run of a question of {prompt_tokens} tokens, answered in 500 at most
          {isSignedIn ? ", with your settings" : ""}. Nobody was called.
          {cost.min !== null && cost.max !== null && ` It would cost ${formatUsd(cost.min)} to ${formatUsd(cost.max)}.`}
        </>
      }
      actions={<TextLink href={`/route?model=${encodeURIComponent(id)}`}>Plan another request</TextLink>}
    >
      {error !== undefined && (
        <Notice tone="caution" className="mb-4">
          It would be refused: {error.message}
        </Notice>
      )}
      <TrackDiagram track={trackOfPlan(plan)} animated />
    </Section>
  );
}
