import type { Candidate } from "@/lib/routing/types";
import type { AnswerIdentity } from "./doors/door";
import type { GenerationContext } from "./generation-context";

/** What the answer of a candidate says of itself. */
export function identityOf(
  { id, createdSeconds, request }: GenerationContext,
  { model, endpoint }: Pick<Candidate, "model" | "endpoint">,
): AnswerIdentity {
  return {
    id,
    createdSeconds,
    model: model.id,
    provider: endpoint.provider.name,
    hidesReasoning: request.reasoning?.exclude === true || request.include_reasoning === false,
  };
}
