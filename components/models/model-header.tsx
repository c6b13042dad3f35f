import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { LocalTime } from "@/components/ui/local-time";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { ModelDescription } from "@/lib/schemas/model-description";
import { ModalityIcons, ModalitySprite } from "./modality-icons";
import { ModelBadges } from "./model-badges";
import { ModelFacts } from "./model-facts";

const VARIANT_NOTES: Readonly<Record<string, string>> = {
  nitro: "sorts its providers by throughput",
  floor: "sorts its providers by price",
  online: "searches the web before it answers",
  thinking: "thinks before it answers",
};

/** What a model is: its names, its figures, what it is good for. */
export function ModelHeader({ model, variants }: { model: ModelDescription; variants: readonly string[] }) {
  const { id, listed, fact, aliasOf, relatives } = model;
  return (
    <>
      <ModalitySprite />
      <div className="-mt-4 mb-5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <span className="inline-flex min-w-0 items-center gap-1">
          <code className="wrap-anywhere font-mono text-dense">{id}</code>
          <CopyButton text={id} label="Copy the id" variant="quiet" iconOnly />
        </span>
        <ModalityIcons inputs={listed.inputModalities} outputs={listed.outputModalities} />
        <span className="text-dense text-muted">
          Created <LocalTime iso={new Date(listed.createdSeconds * 1_000).toISOString()} precision="day" />
          {fact.knowledgeCutoff !== undefined && (
            <>
              , knows until <time dateTime={fact.knowledgeCutoff}>{monthOf(fact.knowledgeCutoff)}</time>
            </>
          )}
        </span>
        <span className="flex flex-wrap gap-1.5">
          <ModelBadges model={listed} />
        </span>
      </div>
      {aliasOf !== undefined && (
        <Notice tone="neutral" className="mb-5">
          An alias for the newest of its family, now <TextLink href={`/${aliasOf.id}`}>{aliasOf.name}</TextLink>.
        </Notice>
      )}
      {variants.map((variant) => (
        <Notice key={variant} tone="neutral" className="mb-5">
          <code className="font-mono">:{variant}</code> {VARIANT_NOTES[variant] ?? "changes how it is called"}. Without
          it: <TextLink href={`/${listed.id}`}>{listed.id}</TextLink>.
        </Notice>
      ))}
      {fact.expirationDate !== undefined && (
        <Notice tone="caution" className="mb-5">
          Its author switches it off on <LocalTime iso={fact.expirationDate} precision="day" />.
        </Notice>
      )}
      <ModelFacts model={listed} />
      <p className="mt-5 max-w-prose text-sm">
        {fact.description === "" ? <span className="text-muted">Nobody has described it yet.</span> : fact.description}
      </p>
      <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-dense text-muted">
        {relatives.length > 0 && (
          <span>
            See also{" "}
            {relatives.map((relative, index) => (
              <span key={relative}>
                {index > 0 && ", "}
                <Link
                  href={`/${relative}`}
                  prefetch={false}
                  className="font-mono text-xs underline-offset-4 hover:underline"
                >
                  {relative}
                </Link>
              </span>
            ))}
          </span>
        )}
        {fact.huggingFaceId !== undefined && fact.huggingFaceId !== "" && (
          <TextLink href={`https://huggingface.co/${fact.huggingFaceId}`}>Weights</TextLink>
        )}
        {fact.isModerated && <span>Prompts are moderated</span>}
      </p>
    </>
  );
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** Nobody knows the day, whatever is written. */
function monthOf(date: string): string {
  return MONTH.format(new Date(date));
}
