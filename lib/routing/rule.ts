import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { PlanInput, RuleName } from "./types";

/**
 * Why an endpoint cannot serve, and what would let it in. Fixes are written in one grammar, so that they can be applied
 * as they stand: `set F to V`, `leave out F`, `add V to F`, `remove V from F`, joined by `; `. What follows `, or ` is
 * another way to the same end.
 */
export type Refusal = { reason: string; fix: string };

export type Rule = {
  name: RuleName;
  /** Whether the request asks anything of it; a rule that is not asked is put to no endpoint. Absent: always. */
  applies?: (input: PlanInput) => boolean;
  /** What the whole request is told when this rule leaves no endpoint. */
  message: (input: PlanInput) => string;
  /** Why the endpoint cannot serve, `undefined` when it can as far as this rule goes. */
  refuse: (endpoint: Endpoint, model: Model, input: PlanInput) => Refusal | undefined;
};

/** `"a", "b"` */
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** `a`, `a and b`, `a, b and c` */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
