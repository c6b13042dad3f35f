import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/page";
import type { ModelDescription } from "@/lib/schemas/model-description";
import { ParameterTable } from "./parameter-table";

/** What can be set, what is recommended, and who takes it. */
export function ParameterSection({ model: { fact, offers } }: { model: ModelDescription }) {
  const recommended = new Map(
    Object.entries(fact.defaultParameters ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  const names = new Set([...recommended.keys(), ...[...fact.supportedParameters].sort()]);
  const rows = [...names].map((name) => ({
    name,
    recommended: recommended.get(name),
    offers: offers.filter(({ supportedParameters }) => supportedParameters.includes(name)).length,
  }));
  return (
    <Section
      id="parameters"
      title="Recommended parameters"
      description={
        recommended.size === 0
          ? "Its author recommends nothing in particular; what a request leaves out is up to the provider."
          : "What its author recommends; a request that leaves them out gets them from most providers anyway."
      }
      actions={
        recommended.size === 0 ? undefined : (
          <CopyButton text={JSON.stringify(Object.fromEntries(recommended), null, 2)} label="Copy as JSON" />
        )
      }
    >
      {fact.reasoning !== undefined && <p className="mb-4 text-sm">{reasoningText(fact.reasoning)}</p>}
      {rows.length === 0 ? (
        <p className="text-muted text-sm">It takes no parameters but its prompt.</p>
      ) : (
        <ParameterTable rows={rows} total={offers.length} />
      )}
    </Section>
  );
}

function reasoningText(reasoning: NonNullable<ModelDescription["fact"]["reasoning"]>): string {
  const { efforts, toggle, budget, mandatory } = reasoning;
  return [
    mandatory === true ? "It always reasons." : toggle === true ? "It can be told not to reason." : "It can reason.",
    ...(efforts === undefined ? [] : [`Efforts: ${efforts.join(", ")}.`]),
    ...(budget === true ? ["Takes a budget of reasoning tokens."] : []),
  ].join(" ");
}
