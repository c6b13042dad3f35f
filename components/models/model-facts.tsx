import type { ReactNode } from "react";
import { Stat, StatRow } from "@/components/ui/stat";
import { Tokens } from "@/components/ui/tokens";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { CompletionPrice, PromptPrice } from "./model-price";

/** The figures that a model is chosen by. */
export function ModelFacts({ model }: { model: ListedModel }) {
  return (
    <StatRow>
      <Stat label="Context" value={<TokenCount count={model.contextTokens} />} />
      <Stat label="Longest answer" value={<TokenCount count={model.maxOutputTokens} />} />
      <Stat label="Input, from" value={<PromptPrice model={model} />} />
      <Stat label="Output, from" value={<CompletionPrice model={model} />} />
      <Stat label="Used in 7 days here" value={<TokenCount count={model.weeklyTokens} />} />
    </StatRow>
  );
}

function TokenCount({ count }: { count: number | undefined }): ReactNode {
  if (count === undefined) return "–";
  return (
    <>
      <Tokens count={count} /> <span className="font-normal text-muted text-sm">tokens</span>
    </>
  );
}
