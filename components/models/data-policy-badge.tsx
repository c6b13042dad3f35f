import { Badge } from "@/components/ui/badge";
import type { DataPolicy } from "@/lib/schemas/endpoint-offer";

/** What a provider does with prompts, in a word; the sentence is in its title. */
export function DataPolicyBadge({ policy }: { policy: DataPolicy }) {
  switch (policy.kind) {
    case "zdr":
      return (
        <Badge tone="signal" title="Keeps nothing of what is sent, and does not train on it">
          ZDR
        </Badge>
      );
    case "retains":
      return (
        <Badge title={`${sentenceOf(policy)} Does not train on them.`}>
          keeps prompts{policy.days === undefined ? "" : ` ${policy.days} d`}
        </Badge>
      );
    case "trains":
      return (
        <Badge tone="caution" title="Keeps prompts, and may train on them">
          may train
        </Badge>
      );
    case "unknown":
      return (
        <Badge tone="outline" title="Nothing is known, so it counts as one that keeps prompts and may train on them">
          policy unknown
        </Badge>
      );
  }
}

/** The same as a sentence. */
export function sentenceOf(policy: DataPolicy): string {
  switch (policy.kind) {
    case "zdr":
      return "Keeps nothing of what is sent, and does not train on it.";
    case "retains":
      return policy.days === undefined
        ? "Keeps prompts for a time that is not known."
        : `Keeps prompts for ${policy.days} days.`;
    case "trains":
      return "Keeps prompts, and may train on them.";
    case "unknown":
      return "Nothing is known of what happens to prompts, so routing counts it as one that keeps them and may train on them.";
  }
}
