import { Badge } from "@/components/ui/badge";
import type { GenerationSummary } from "@/lib/schemas/generation";

/** What is out of the ordinary about a generation. */
export function GenerationBadges({ generation }: { generation: GenerationSummary }) {
  return (
    <>
      {generation.sandbox && (
        <Badge tone="caution" title="Answered by the built-in sandbox, not by a real provider">
          sandbox
        </Badge>
      )}{" "}
      {generation.insured && (
        <Badge tone="signal" title="Nothing useful came back, so nothing was charged">
          insured
        </Badge>
      )}{" "}
      {generation.estimated && <Badge title="The provider gave no token counts; these are our own">estimated</Badge>}
    </>
  );
}
