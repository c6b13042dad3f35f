import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import type { ModelDescription } from "@/lib/schemas/model-description";
import { OfferTable } from "./offer-table";
import { PoolTable } from "./pool-table";

/** Who serves the model; of a router, what it chooses from. */
export function ProviderSection({ model: { id, listed, offers, pool } }: { model: ModelDescription }) {
  if (pool.length > 0) {
    return (
      <Section
        id="providers"
        title="Pool"
        description="Each request goes to one of these, at that model's price. The answer's model field names it."
      >
        <PoolTable models={pool} />
      </Section>
    );
  }
  const reachable = offers.filter(({ isReachable }) => isReachable).length;
  return (
    <Section
      id="providers"
      title="Providers"
      description={
        offers.length === 0 ? undefined : (
          <>
            {offers.length === 1 ? "One offer" : `${offers.length} offers`}, {reachable} of which can be called here.
            Speeds and uptime are what this installation measured: over the last half hour, and the last day.
          </>
        )
      }
    >
      {offers.length === 0 ? (
        <EmptyState title="Nobody serves it">
          <p className="text-muted text-sm">
            {listed.status === "legacy" ? "Its author has switched it off. " : ""}
            <TextLink href={`/models?model_authors=${listed.author}`}>Models of the same author</TextLink>
          </p>
        </EmptyState>
      ) : (
        <OfferTable label={`Providers of ${id}`} offers={offers} subject="provider" />
      )}
    </Section>
  );
}
