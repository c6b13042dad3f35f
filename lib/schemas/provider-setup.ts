/** How far a provider is set up with the operator's own key. */
export type ProviderSetup = {
  slug: string;
  name: string;
  /** `live`: called for real. `sandbox`: the built-in one answers in its place. `missing`: not called at all. */
  state: "live" | "sandbox" | "missing";
  /** The environment variable that holds its key. */
  variable: string;
  /** A key is set, and something else is missing. */
  problem: { reason: string; fix: string } | undefined;
  /** Its cheapest model, for a call that shows whether the key works; `null` when it has none that writes text. */
  checkModel: string | null;
};
