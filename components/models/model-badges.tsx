import { Badge } from "@/components/ui/badge";
import { isFree, type ListedModel } from "@/lib/schemas/listed-model";

/** What sets a model apart from the others of a list. */
export function ModelBadges({ model }: { model: ListedModel }) {
  return (
    <>
      {isFree(model) && <Badge tone="signal">free</Badge>}
      {model.status === "router" && <Badge>router</Badge>}
      {model.status === "alias" && <Badge title="Always the newest of its family">alias</Badge>}
      {model.status === "legacy" && (
        <Badge tone="caution" title="Its author has retired it, or will soon">
          legacy
        </Badge>
      )}
      {!model.isReachable && (
        <Badge tone="outline" title="No provider of it has a key on this installation">
          not available here
        </Badge>
      )}
    </>
  );
}
