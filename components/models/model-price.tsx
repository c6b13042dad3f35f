import { formatUsd } from "@/components/ui/format-usd";
import { PricePerMillion } from "@/components/ui/money";
import { None } from "@/components/ui/none";
import type { ListedModel } from "@/lib/schemas/listed-model";

type Priced = Pick<ListedModel, "promptPrice" | "completionPrice" | "picturePrice" | "status">;

/** What a million tokens of a model's prompt cost, or a picture where pictures are charged. */
export function PromptPrice({ model: { promptPrice, picturePrice, status } }: { model: Priced }) {
  if (promptPrice !== undefined) return <PricePerMillion usd={promptPrice} />;
  if (picturePrice !== undefined) return <PicturePrice {...picturePrice} />;
  return status === "router" ? <span className="text-muted">varies</span> : <None />;
}

/** The same of its answers. */
export function CompletionPrice({ model }: { model: Priced }) {
  const { completionPrice, picturePrice, status } = model;
  // An embedding is charged by what goes in; "free" beside it would say something else.
  if (completionPrice === 0 && model.promptPrice !== 0) return <None />;
  if (completionPrice !== undefined) return <PricePerMillion usd={completionPrice} />;
  if (picturePrice !== undefined) return <PicturePrice {...picturePrice} />;
  return status === "router" ? <span className="text-muted">varies</span> : <None />;
}

function PicturePrice({ usd, unit }: { usd: number; unit: string }) {
  return (
    <span className="whitespace-nowrap">
      {formatUsd(usd)}
      <span className="text-muted"> /{unit === "image" ? "image" : "MP"}</span>
    </span>
  );
}
