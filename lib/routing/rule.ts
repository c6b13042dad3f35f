import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { PlanInput, RuleName } from "./types";

/** Why an endpoint cannot serve, and what would let it in; several changes are joined by `; `. */
export type Refusal = { reason: string; fix: string };

/** One reason for which an endpoint may be left out. */
export type Rule = {
  name: RuleName;
  /** What the whole request is told when this rule leaves no endpoint. */
  message: (input: PlanInput) => string;
  /** Why the endpoint cannot serve, `undefined` when it can as far as this rule goes. */
  refuse: (endpoint: Endpoint, model: Model, input: PlanInput) => Refusal | undefined;
};

/** `"a", "b"` */
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
